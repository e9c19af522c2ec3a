import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CostMode, computedCost, costOf } from '../../src/core/cost.ts'
import { type Money, decimalText, parseMoney } from '../../src/core/money.ts'
import { type PriceBlock, priceFromBlock } from '../../src/core/price-block.ts'
import { parsePrices } from '../../src/core/price-file.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { type UsageRecord, emptyRecord } from '../../src/core/record.ts'

const shipped = priceTable(
  parsePrices(JSON.parse(readFileSync(new URL('../../config/prices.json', import.meta.url), 'utf8'))),
)
const AT = Date.UTC(2025, 11, 15, 14, 30)
const EXAMPLE = { inputTokens: 12_000, outputTokens: 4_500, cacheReadTokens: 8_000, cacheWriteTokens: 3_000 }

function record(fields: Partial<UsageRecord>): UsageRecord {
  return { ...emptyRecord(), timestamp: AT, ...fields }
}

function dollars(text: string): Money {
  const money = parseMoney(text)
  if (money === null) throw new Error(`${text} is no amount`)
  return money
}

function shippedCost(fields: Partial<UsageRecord>, mode: CostMode = 'auto'): string | null {
  const cost = costOf(record(fields), shipped, mode)
  return cost === null ? null : decimalText(cost)
}

describe('the shipped table prices', () => {
  test.each([
    ['claude-sonnet-4-20250514', '0.11715'],
    ['claude-sonnet-4', '0.11715'],
    ['claude-opus-4', '0.58575'],
    ['claude-opus-4-5-20251101', '0.19525'],
  ])('the worked example on %s at exactly $%s', (model, cost) => {
    expect(shippedCost({ ...EXAMPLE, model })).toBe(cost)
  })

  test('one-hour writes, which are part of the writes, at twice the input rate', () => {
    expect(
      shippedCost({ model: 'claude-sonnet-4', cacheWriteTokens: 3_000, cacheWrite1hTokens: 2_000 }),
    ).toBe(decimalText(dollars('0.01575')))
  })

  test('web searches, also without tokens', () => {
    expect(shippedCost({ model: 'claude-sonnet-5', webSearchRequests: 3 })).toBe('0.03')
    expect(shippedCost({ model: 'nobody-knows', webSearchRequests: 3 })).toBeNull()
  })

  test.each([
    ['at the limit', { inputTokens: 100_000, cacheReadTokens: 60_000, cacheWriteTokens: 40_000 }, '0.468'],
    [
      'one token above',
      { inputTokens: 100_001, cacheReadTokens: 60_000, cacheWriteTokens: 40_000 },
      '0.936006',
    ],
  ])('a long request %s as a whole', (_, tokens, cost) => {
    expect(shippedCost({ model: 'claude-sonnet-4-5', ...tokens })).toBe(cost)
  })

  test('output at the tier’s rate too, although output does not count towards it', () => {
    expect(shippedCost({ model: 'claude-sonnet-4-5', inputTokens: 200_001, outputTokens: 10 })).toBe(
      '1.200231',
    )
    expect(shippedCost({ model: 'claude-sonnet-4-5', outputTokens: 300_000 })).toBe('4.5')
  })

  test('no tier on a sum of requests', () => {
    expect(shippedCost({ model: 'claude-sonnet-4-5', inputTokens: 300_000, aggregate: true })).toBe('0.9')
  })

  test.each<[Partial<UsageRecord>, string]>([
    [{ model: 'claude-opus-4-6', serviceTier: 'batch' }, '2.5'],
    [
      { model: 'claude-opus-4-6', serviceTier: 'standard', speed: 'standard', inferenceGeo: 'not_available' },
      '5',
    ],
    [{ model: 'claude-opus-4-6', speed: 'fast' }, '30'],
    [{ model: 'claude-opus-4-8', speed: 'fast' }, '10'],
    [{ model: 'claude-opus-4-6', inferenceGeo: 'us' }, '5.5'],
    [{ model: 'claude-opus-4-6', inferenceGeo: 'global' }, '5'],
    [{ model: 'claude-opus-4-6', speed: 'fast', inferenceGeo: 'us' }, '33'],
    [{ model: 'claude-opus-4-5', inferenceGeo: 'us' }, '5'],
    [{ model: 'gpt-5.5', serviceTier: 'priority' }, '12.5'],
    [{ model: 'gpt-5.5', serviceTier: 'fast', speed: 'fast' }, '12.5'],
    [{ model: 'gpt-5.5', serviceTier: 'auto' }, '5'],
  ])('a million tokens of %j at $%s', (fields, cost) => {
    expect(shippedCost({ inputTokens: 1_000_000, aggregate: true, ...fields })).toBe(cost)
  })

  test('the fee of a search without the factor of the tokens', () => {
    expect(
      shippedCost({ model: 'claude-opus-5', inputTokens: 2, webSearchRequests: 1, serviceTier: 'batch' }),
    ).toBe('0.010005')
  })
})

describe('whose word counts', () => {
  const usage = { model: 'claude-sonnet-4', inputTokens: 1_000_000 }
  const free = { model: 'qwen3-coder', inputTokens: 5 }
  const unknown = { model: 'nobody-knows', inputTokens: 5 }

  test.each<[string, Partial<UsageRecord>, string | null, string | null, string | null, string | null]>([
    // what                                  record     recorded  auto     recorded computed
    ['a recorded cost', usage, '7', '7', '7', '3'],
    ['no recorded cost', usage, null, '3', null, '3'],
    ['a recorded zero beside tokens', usage, '0', '3', '0', '3'],
    ['a free model', free, null, '0', null, '0'],
    ['a free model with a recorded zero', free, '0', '0', '0', '0'],
    ['an unknown model', unknown, null, null, null, null],
    ['an unknown model with a recorded zero', unknown, '0', null, '0', null],
    ['an unknown model with a recorded cost', unknown, '7', '7', '7', '7'],
    ['nothing used, no cost', { model: 'nobody-knows' }, null, '0', '0', '0'],
    ['nothing used, a recorded cost', { model: 'claude-sonnet-4' }, '7', '7', '7', '7'],
    ['an adjustment by cost', { ...usage, adjustment: true }, '-2', '-2', '-2', '-2'],
    [
      'an adjustment of a cost by the table',
      { adjustment: true, costSource: 'table' },
      '-2',
      '-2',
      '-2',
      '0',
    ],
    [
      'an adjustment by tokens',
      { ...usage, inputTokens: -1_000_000, adjustment: true },
      null,
      '-3',
      null,
      '-3',
    ],
    [
      'an adjustment with a zero cost',
      { ...usage, inputTokens: -5, adjustment: true },
      '0',
      '-0.000015',
      '0',
      '-0.000015',
    ],
    [
      'an adjustment of an unknown model',
      { ...unknown, inputTokens: -5, adjustment: true },
      null,
      null,
      null,
      null,
    ],
  ])('%s', (_, fields, recorded, auto, onlyRecorded, computed) => {
    const costUsd = recorded === null ? null : dollars(recorded)
    expect(shippedCost({ ...fields, costUsd }, 'auto')).toBe(auto)
    expect(shippedCost({ ...fields, costUsd }, 'recorded')).toBe(onlyRecorded)
    expect(shippedCost({ ...fields, costUsd }, 'computed')).toBe(computed)
  })

  test('the price of the record’s own day', () => {
    const tokens = { model: 'claude-3-5-haiku-20241022', inputTokens: 1_000_000 }
    expect(shippedCost({ ...tokens, timestamp: Date.UTC(2024, 11, 3) - 1 })).toBe('1')
    expect(shippedCost({ ...tokens, timestamp: Date.UTC(2024, 11, 3) })).toBe('0.8')
    expect(shippedCost({ ...tokens, timestamp: null })).toBe('0.8')
  })

  test('a large correction is not taken for a long request', () => {
    const tokens = { model: 'claude-sonnet-4-5', inputTokens: 300_000, adjustment: true }
    expect(shippedCost(tokens)).toBe('0.9')
    expect(shippedCost({ ...tokens, inputTokens: -300_000 })).toBe('-0.9')
  })
})

describe('computedCost', () => {
  const block: PriceBlock = {
    model: 'acme',
    input: '3',
    output: '15',
    cache_read: '0.3',
    cache_write: '3.75',
    cache_write_1h: '6',
    long_context: { above: '10', input: '6', output: '22.5' },
    batch: '0.5',
    web_search: '10',
  }
  const price = priceFromBlock(block, 'test')
  const total = (records: readonly UsageRecord[]): bigint =>
    records.reduce((sum, each) => sum + computedCost(each, price), 0n)
  const count = fc.nat({ max: 1_000_000_000_000 })
  const aggregate = fc
    .record({
      inputTokens: count,
      outputTokens: count,
      cacheReadTokens: count,
      cacheWriteTokens: count,
      cacheWrite1hTokens: count,
      webSearchRequests: count,
    })
    .map((tokens) =>
      record({
        ...tokens,
        cacheWrite1hTokens: Math.min(tokens.cacheWrite1hTokens, tokens.cacheWriteTokens),
        aggregate: true,
      }),
    )

  test('rounds half-even to a picodollar, once', () => {
    const odd = priceFromBlock({ model: 'a', input: '0.000001', output: '0.000001', batch: '0.5' }, 'test')
    const half = (inputTokens: number, outputTokens = 0) =>
      computedCost(record({ inputTokens, outputTokens, serviceTier: 'batch' }), odd)
    expect([half(1), half(3), half(5), half(1, 1)]).toEqual([0n, 2n, 2n, 1n])
  })

  test('takes more one-hour writes than writes for all of the writes', () => {
    expect(computedCost(record({ cacheWriteTokens: 0, cacheWrite1hTokens: 2 }), price)).toBe(12_000_000n)
    expect(computedCost(record({ cacheWriteTokens: 1, cacheWrite1hTokens: 2 }), price)).toBe(12_000_000n)
  })

  test('of two sums of requests is the cost of their sum', () => {
    fc.assert(
      fc.property(aggregate, aggregate, (a, b) => {
        const both = record({
          inputTokens: a.inputTokens + b.inputTokens,
          outputTokens: a.outputTokens + b.outputTokens,
          cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
          cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
          cacheWrite1hTokens: a.cacheWrite1hTokens + b.cacheWrite1hTokens,
          webSearchRequests: a.webSearchRequests + b.webSearchRequests,
          aggregate: true,
        })
        expect(computedCost(a, price) + computedCost(b, price)).toBe(computedCost(both, price))
      }),
    )
  })

  test('adds up to the same in any order', () => {
    fc.assert(
      fc.property(
        fc
          .array(aggregate, { maxLength: 20 })
          .chain((records) =>
            fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
          ),
        ([records, shuffled]) => {
          expect(total(shuffled)).toBe(total(records))
        },
      ),
    )
  })

  test('is undone exactly by an adjustment of the same tokens', () => {
    fc.assert(
      fc.property(aggregate, (a) => {
        const undo = record({
          inputTokens: -a.inputTokens,
          outputTokens: -a.outputTokens,
          cacheReadTokens: -a.cacheReadTokens,
          cacheWriteTokens: -a.cacheWriteTokens,
          cacheWrite1hTokens: -a.cacheWrite1hTokens,
          webSearchRequests: -a.webSearchRequests,
          adjustment: true,
        })
        expect(computedCost(a, price) + computedCost(undo, price)).toBe(0n)
      }),
    )
  })
})
