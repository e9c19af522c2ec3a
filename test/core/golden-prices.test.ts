import { describe, expect, it, test } from 'vitest'
import { computedCost } from '../../src/core/cost.ts'
import { decimalText } from '../../src/core/money.ts'
import { type PriceBlock, priceFromBlock } from '../../src/core/price-block.ts'
import { blockFromPrice } from '../../src/core/price-text.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { type UsageRecord, emptyRecord } from '../../src/core/record.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import { instant } from '../kit/fold-lines.ts'

const table = priceTable([], systemPrices.shipped())
const M = 1_000_000

function cost(model: string, at: string, usage: Partial<UsageRecord>): string {
  const record = { ...emptyRecord(), model, timestamp: instant(at), ...usage }
  const price = table.priceOf(model, record.timestamp)
  return price === null ? 'unpriced' : decimalText(computedCost(record, price))
}

/** A million of each kind, as a sum of requests: input, output, cache read, five-minute write, one-hour write. */
const EACH = {
  inputTokens: M,
  outputTokens: M,
  cacheReadTokens: M,
  cacheWriteTokens: 2 * M,
  cacheWrite1hTokens: M,
  aggregate: true,
}

describe('a million tokens of each kind together cost what the provider charged on that day', () => {
  test.each<[model: string, day: string, sum: string]>([
    // input + output + read + 5 min write + 1 h write
    ['claude-3-5-haiku', '2024-12-02T23:59:59Z', '9.35'], // 1 + 5 + 0.1 + 1.25 + 2
    ['claude-3-5-haiku', '2024-12-03T00:00:00Z', '7.48'], // 0.8 + 4 + 0.08 + 1 + 1.6
    ['claude-haiku-4-5', '2026-01-01T00:00:00Z', '9.35'],
    ['claude-sonnet-4', '2026-01-01T00:00:00Z', '28.05'], // 3 + 15 + 0.3 + 3.75 + 6
    ['claude-sonnet-5', '2026-11-01T00:00:00Z', '18.7'], // 2 + 10 + 0.2 + 2.5 + 4
    ['claude-opus-4', '2026-01-01T00:00:00Z', '140.25'], // 15 + 75 + 1.5 + 18.75 + 30
    ['claude-opus-4-1', '2026-01-01T00:00:00Z', '140.25'],
    ['claude-opus-4-5', '2026-01-01T00:00:00Z', '46.75'], // a third: 5 + 25 + 0.5 + 6.25 + 10
    ['claude-opus-5', '2026-11-01T00:00:00Z', '46.75'],
    ['claude-opus-5-5', '2026-11-01T00:00:00Z', '37.2'], // 4 + 20 + 0.2 + 5 + 8: reads at a twentieth
    ['claude-fable-5', '2026-11-01T00:00:00Z', '93.5'], // 10 + 50 + 1 + 12.5 + 20
    ['gpt-5.6-terra', '2026-07-29T23:59:59Z', '24'], // 2.5 + 15 + 0.25 + 2 × 3.125
    ['gpt-5.6-terra', '2026-07-30T00:00:00Z', '19.2'],
    ['gpt-5.6-luna', '2026-07-29T23:59:59Z', '9.6'],
    ['gpt-5.6-luna', '2026-07-30T00:00:00Z', '1.92'],
    ['gpt-5.6-sol', '2026-08-20T23:59:59Z', '48'],
    ['gpt-5.6-sol', '2026-08-21T00:00:00Z', '34.4'],
    // Before 5.6 OpenAI asks nothing for a cache write but the input.
    ['gpt-5.5', '2026-11-01T00:00:00Z', '45.5'], // 5 + 30 + 0.5 + 5 + 5
  ])('%s on %s: $%s', (model, day, sum) => {
    expect(cost(model, day, EACH)).toBe(sum)
  })
})

describe('one request costs the long-context rates as a whole, and only while there are any', () => {
  const HALF = { cacheReadTokens: 60_000, cacheWriteTokens: 40_000, outputTokens: 10_000 }
  test.each<[what: string, model: string, at: string, usage: Partial<UsageRecord>, sum: string]>([
    // 100,000 × 5 + 60,000 × 0.5 + 40,000 × 6.25 + 10,000 × 25
    ['200,000 tokens', 'claude-opus-4-6', '2026-03-12T23:59:59Z', { inputTokens: 100_000, ...HALF }, '1.03'],
    // … × 2, output × 1.5
    ['one more', 'claude-opus-4-6', '2026-03-12T23:59:59Z', { inputTokens: 100_001, ...HALF }, '1.93501'],
    [
      'after its end',
      'claude-opus-4-6',
      '2026-03-13T00:00:00Z',
      { inputTokens: 100_001, ...HALF },
      '1.030005',
    ],
    ['Sonnet 4.6', 'claude-sonnet-4-6', '2026-03-12T23:59:59Z', { inputTokens: 200_001 }, '1.200006'],
    ['after its end', 'claude-sonnet-4-6', '2026-03-13T00:00:00Z', { inputTokens: 200_001 }, '0.600003'],
    ['a sum', 'claude-opus-4-6', '2026-03-12T23:59:59Z', { inputTokens: M, aggregate: true }, '5'],
    ['below 272,000', 'gpt-5.5', '2026-11-01T00:00:00Z', { inputTokens: 271_999 }, '1.359995'],
    [
      'above 272,000',
      'gpt-5.5',
      '2026-11-01T00:00:00Z',
      { inputTokens: 272_001, outputTokens: M },
      '47.72001',
    ],
    ['much output', 'claude-opus-4-6', '2026-03-12T23:59:59Z', { outputTokens: M }, '25'],
    ['batch too', 'claude-opus-4-6', '2026-03-12T23:59:59Z', { inputTokens: M, serviceTier: 'batch' }, '5'],
  ])('%s of %s at %s', (_, model, at, usage, sum) => {
    expect(cost(model, at, usage)).toBe(sum)
  })
})

describe('tiers, speeds, places and searches', () => {
  const NOW = '2026-11-01T00:00:00Z'
  const ONE = { inputTokens: M, aggregate: true }
  test.each<[what: string, model: string, usage: Partial<UsageRecord>, sum: string]>([
    ['batch is half', 'claude-sonnet-5', { ...ONE, serviceTier: 'batch' }, '1'],
    ['fast was six times', 'claude-opus-4-6', { ...ONE, speed: 'fast' }, '30'],
    ['fast is twice', 'claude-opus-5-5', { ...ONE, speed: 'fast' }, '8'],
    ['priority of OpenAI', 'gpt-5.5', { ...ONE, serviceTier: 'priority' }, '12.5'],
    ['pinned to the US', 'claude-opus-5', { ...ONE, inferenceGeo: 'us' }, '5.5'],
    ['a place that is not available', 'claude-opus-5', { ...ONE, inferenceGeo: 'not_available' }, '5'],
    ['batch in the US', 'claude-opus-5', { ...ONE, serviceTier: 'batch', inferenceGeo: 'us' }, '2.75'],
    [
      'a search is a cent, whatever the tier',
      'claude-opus-5',
      { webSearchRequests: 1, serviceTier: 'batch' },
      '0.01',
    ],
    [
      'one-hour writes are twice the input',
      'claude-opus-5',
      { cacheWriteTokens: M, cacheWrite1hTokens: M, aggregate: true },
      '10',
    ],
    ['five-minute writes 1.25 times', 'claude-opus-5', { cacheWriteTokens: M, aggregate: true }, '6.25'],
    ['Bedrock in a place', 'us.anthropic.claude-opus-4-5-20251101-v1:0', ONE, '5.5'],
    ['Bedrock anywhere', 'global.anthropic.claude-opus-4-5-20251101-v1:0', ONE, '5'],
    ['a version nobody knows', 'claude-opus-5-6', ONE, 'unpriced'],
  ])('%s', (_, model, usage, sum) => {
    expect(cost(model, NOW, usage)).toBe(sum)
  })
})

it('every shipped price is the same again when it is written as a block', () => {
  for (const price of systemPrices.shipped()) {
    const again = priceFromBlock(blockFromPrice(price), 'again')
    const { source: _source, ...facts } = priceFromBlock(blockFromPrice(again), 'again')
    expect(facts).toEqual({
      model: price.model,
      aliases: price.aliases,
      from: price.from,
      rates: price.rates,
      longContext: price.longContext,
      factors: price.factors,
      webSearch: price.webSearch,
    })
  }
})

it('a block says its factors and instants as they were written', () => {
  const block: PriceBlock = {
    model: 'acme',
    from: '2026-09-09T16:00:00Z',
    input: '1',
    output: '2',
    cache_read: '0.0028',
    cache_write: '1',
    cache_write_1h: '1',
    batch: '0.5',
    region: { us: '1.1' },
    web_search: '10',
  }
  expect(blockFromPrice(priceFromBlock(block, 'test'))).toEqual(block)
})
