import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { modelKey } from '../../src/core/model-id.ts'
import { decimalText, picodollarsOf } from '../../src/core/money.ts'
import { parsePrices } from '../../src/core/price-file.ts'
import { priceTable } from '../../src/core/price-table.ts'
import type { Price } from '../../src/core/price.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const text = readFileSync(`${root}config/prices.json`, 'utf8')
const prices = parsePrices(JSON.parse(text))
const table = priceTable(prices)
const NOW = Date.UTC(2026, 10, 22)

/** `input/output/read/write/write-1h` in dollars per million tokens. */
function ratesOf(price: Price | null): string | null {
  if (price === null) return null
  const { input, output, cacheRead, cacheWrite, cacheWrite1h } = price.rates
  return [input, output, cacheRead, cacheWrite, cacheWrite1h]
    .map((rate) => decimalText(picodollarsOf(rate * 1_000_000n)))
    .join('/')
}

describe('the shipped price table', () => {
  test('is what its generator writes from its sources', () => {
    execFileSync(process.execPath, ['test/tools/prices.mjs', '--check'], { cwd: root, stdio: 'pipe' })
  })

  test('stays small enough to be parsed at every start', () => {
    expect(text.length).toBeLessThan(50_000)
  })

  test('names a web address as the source of every price', () => {
    for (const { source } of prices) expect(source).toMatch(/^https:\/\/\S+(?: https:\/\/\S+)*$/)
  })

  test('gives no two models one name', () => {
    const owners = new Map<string, string>()
    for (const { model, aliases } of prices) {
      for (const name of [model, ...aliases]) {
        expect([model, undefined]).toContain(owners.get(modelKey(name)))
        owners.set(modelKey(name), model)
      }
    }
  })

  test('has no two prices of a model from the same instant', () => {
    const starts = prices.map(({ model, from }) => `${model} ${from}`)
    expect(starts).toHaveLength(new Set(starts).size)
  })

  test('keeps cache rates in proportion to the input rate in every long-context tier', () => {
    for (const { rates, longContext } of prices) {
      if (longContext === null) continue
      for (const kind of ['cacheRead', 'cacheWrite', 'cacheWrite1h'] as const) {
        expect(longContext.rates[kind] * rates.input).toBe(rates[kind] * longContext.rates.input)
      }
    }
  })

  test('charges Claude twice the input rate for one-hour writes', () => {
    for (const { model, rates } of prices) {
      if (model.includes('claude')) expect([model, rates.cacheWrite1h]).toEqual([model, rates.input * 2n])
    }
  })

  test('calls only Qwen’s own sign-in free', () => {
    expect(prices.filter(({ rates }) => rates.input === 0n).map(({ model }) => model)).toEqual([
      'qwen3-coder',
    ])
  })
})

describe('a model id from a real transcript finds its price', () => {
  const OPUS_4 = '15/75/1.5/18.75/30'
  const OPUS_4_5 = '5/25/0.5/6.25/10'
  const OPUS_5_5 = '4/20/0.2/5/8'
  const SONNET_4 = '3/15/0.3/3.75/6'
  const SONNET_5 = '2/10/0.2/2.5/4'
  const HAIKU_4_5 = '1/5/0.1/1.25/2'
  const HAIKU_3_5 = '0.8/4/0.08/1/1.6'
  const HAIKU_3 = '0.25/1.25/0.03/0.3/0.5'

  test.each([
    // Short names, as people write them.
    ['claude-opus-4', OPUS_4],
    ['claude-sonnet-4', SONNET_4],
    ['claude-haiku-3.5', HAIKU_3_5],
    ['claude-haiku-3', HAIKU_3],
    ['gpt-4.1', '2/8/0.5/2/2'],
    ['o4-mini', '1.1/4.4/0.275/1.1/1.1'],
    ['gemini-2.5-pro', '1.25/10/0.125/1.25/1.25'],
    ['qwen3-coder', '0/0/0/0/0'],
    // Anthropic's own ids.
    ['claude-opus-4-20250514', OPUS_4],
    ['claude-opus-4-0', OPUS_4],
    ['claude-opus-4-1-20250805', OPUS_4],
    ['claude-opus-4-5-20251101', OPUS_4_5],
    ['claude-opus-4-6', OPUS_4_5],
    ['claude-opus-4-7', OPUS_4_5],
    ['claude-opus-4-8', OPUS_4_5],
    ['claude-opus-5', OPUS_4_5],
    ['claude-opus-5-5', OPUS_5_5],
    ['claude-sonnet-4-20250514', SONNET_4],
    ['claude-sonnet-4-5-20250929', SONNET_4],
    ['claude-sonnet-4-6', SONNET_4],
    ['claude-sonnet-5', SONNET_5],
    ['claude-sonnet-5-5', '2/10/0.1/2.5/4'],
    ['claude-haiku-4-5-20251001', HAIKU_4_5],
    ['claude-haiku-5-5', '0.1/0.5/0.01/0.125/0.2'],
    ['claude-fable-5', '10/50/1/12.5/20'],
    ['claude-fable-5-1', '10/50/0.25/12.5/20'],
    ['claude-fable-5-2', '8/40/0.2/10/16'],
    ['claude-3-7-sonnet-20250219', SONNET_4],
    ['claude-3-5-sonnet-20241022', SONNET_4],
    ['claude-3-5-haiku-20241022', HAIKU_3_5],
    ['claude-3-5-haiku-latest', HAIKU_3_5],
    ['claude-3-haiku-20240307', HAIKU_3],
    ['claude-3-opus-20240229', OPUS_4],
    // Claude Code's display suffix, Cursor's word order, another case.
    ['claude-opus-4-6[1m]', OPUS_4_5],
    ['claude-sonnet-4-5-20250929[1m]', SONNET_4],
    ['claude-4.5-sonnet', SONNET_4],
    ['claude-4-sonnet', SONNET_4],
    ['Claude-Haiku-4.5', HAIKU_4_5],
    // OpenRouter, LiteLLM, Vertex, Copilot.
    ['anthropic/claude-sonnet-4', SONNET_4],
    ['anthropic/claude-opus-4.5', OPUS_4_5],
    ['openrouter/anthropic/claude-opus-5.5', OPUS_5_5],
    ['anthropic/claude-3.7-sonnet:thinking', SONNET_4],
    ['claude-sonnet-4@20250514', SONNET_4],
    ['vertex_ai/claude-opus-4-5@20251101', OPUS_4_5],
    ['projects/p/locations/us-east5/publishers/anthropic/models/claude-haiku-4-5@20251001', HAIKU_4_5],
    ['github-copilot/claude-opus-4.6', OPUS_4_5],
    // Bedrock: a place costs 10 % more from 4.5 on, `global.` does not.
    ['anthropic.claude-3-5-haiku-20241022-v1:0', HAIKU_3_5],
    ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', SONNET_4],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', SONNET_4],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', '3.3/16.5/0.33/4.125/6.6'],
    ['bedrock/eu.anthropic.claude-opus-4-6-v1', '5.5/27.5/0.55/6.875/11'],
    ['global.anthropic.claude-opus-4-5-20251101-v1:0', OPUS_4_5],
    [
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0',
      '1.1/5.5/0.11/1.375/2.2',
    ],
    // OpenAI.
    ['gpt-4.1-2025-04-14', '2/8/0.5/2/2'],
    ['openai/gpt-4.1-mini', '0.4/1.6/0.1/0.4/0.4'],
    ['azure/gpt-4o-2024-11-20', '2.5/10/1.25/2.5/2.5'],
    ['gpt-4o-2024-05-13', '5/15/5/5/5'],
    ['gpt-5-codex', '1.25/10/0.125/1.25/1.25'],
    ['gpt-5.1-codex-max', '1.25/10/0.125/1.25/1.25'],
    ['gpt-5.1-codex-mini', '0.25/2/0.025/0.25/0.25'],
    ['gpt-5.2-codex', '1.75/14/0.175/1.75/1.75'],
    ['gpt-5.3-codex', '1.75/14/0.175/1.75/1.75'],
    ['gpt-5.5-2026-04-23', '5/30/0.5/5/5'],
    ['gpt-5.6', '4/20/0.4/5/5'],
    ['gpt-6-sol', '2/10/0.2/2.5/2.5'],
    ['o3-2025-04-16', '2/8/0.5/2/2'],
    // Google and the rest.
    ['google/gemini-2.5-pro-preview-06-05', '1.25/10/0.125/1.25/1.25'],
    ['models/gemini-3.1-pro-preview', '2/12/0.2/2/2'],
    ['x-ai/grok-code-fast-1', '0.2/1.5/0.02/0.2/0.2'],
    ['grok-4', '3/15/0.75/3/3'],
    ['kimi-k2.6', '0.95/4/0.16/0.95/0.95'],
    ['moonshotai/kimi-k2.6', '0.68/3.41/0.34/0.68/0.68'],
    ['GLM-5.3', '1.4/4.4/0.26/1.4/1.4'],
    ['z-ai/glm-4.6', '0.43/1.74/0.08/0.43/0.43'],
    ['deepseek-v4-pro', '1.32/3.96/0.044/1.32/1.32'],
    // The same weights, free at Qwen and paid for elsewhere.
    ['openrouter/qwen/qwen3-coder', '0.22/1.8/0.22/0.22/0.22'],
    ['qwen/qwen3-coder:free', '0/0/0/0/0'],
  ])('%s: %s', (id, rates) => {
    expect(ratesOf(table.priceOf(id, NOW))).toBe(rates)
  })

  test.each([
    'claude-opus-4-9',
    'claude-opus',
    'claude-opus-4-5-fast',
    'opus',
    'gpt-5.9',
    'gpt-4.1-turbo',
    'glm-4.6',
    'ollama/qwen3-coder',
    'alibaba/qwen3-coder',
    '<synthetic>',
    '(unknown)',
    '',
  ])('never guesses one for %j', (id) => {
    expect(table.priceOf(id, NOW)).toBeNull()
  })
})

describe('a price changes at midnight UTC of its day', () => {
  test.each([
    ['claude-3-5-haiku', '2024-12-03T00:00:00Z', '1/5/0.1/1.25/2', '0.8/4/0.08/1/1.6'],
    ['claude-sonnet-5-5', '2026-10-07T00:00:00Z', '2/10/0.2/2.5/4', '2/10/0.1/2.5/4'],
    ['o3', '2025-06-10T00:00:00Z', '10/40/2.5/10/10', '2/8/0.5/2/2'],
    ['gpt-5.6-terra', '2026-07-30T00:00:00Z', '2.5/15/0.25/3.125/3.125', '2/12/0.2/2.5/2.5'],
    ['gpt-5.6-luna', '2026-07-30T00:00:00Z', '1/6/0.1/1.25/1.25', '0.2/1.2/0.02/0.25/0.25'],
    ['gpt-5.6-sol', '2026-08-21T00:00:00Z', '5/30/0.5/6.25/6.25', '4/20/0.4/5/5'],
    ['gemini-3.8-flash', '2027-01-01T00:00:00Z', '0.75/3.75/0.075/0.75/0.75', '1.5/7.5/0.15/1.5/1.5'],
  ])('%s on %s', (model, instant, before, after) => {
    expect(ratesOf(table.priceOf(model, Date.parse(instant) - 1))).toBe(before)
    expect(ratesOf(table.priceOf(model, Date.parse(instant)))).toBe(after)
  })

  test.each(['claude-opus-4-6', 'claude-sonnet-4-6'])(
    '%s lost its long-context tier on 2026-03-13',
    (model) => {
      const cut = Date.UTC(2026, 2, 13)
      expect(table.priceOf(model, cut - 1)?.longContext?.above).toBe(200_000)
      expect(table.priceOf(model, cut)?.longContext).toBeNull()
    },
  )
})

test.each([null, [], 'x', {}, { version: 2, sources: {}, prices: [] }, { version: 1, prices: [] }])(
  'refuses %j as a price table and says what to do',
  (json) => {
    expect(() => parsePrices(json)).toThrow('reinstall ai-costs')
  },
)
