import { describe, expect, it, test } from 'vitest'
import { publishedPrices } from '../../src/core/litellm-prices.ts'
import { type PriceBlock, priceFromBlock } from '../../src/core/price-block.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { FEWEST_MODELS, comparePrices } from '../../src/core/price-update.ts'
import { parseUpdatedPrices, updatedPricesText } from '../../src/core/updated-prices.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'

const NOW = Date.UTC(2026, 10, 22, 15)
const known = priceTable([], systemPrices.shipped())

/** Models that nobody knows: enough of them for a whole table. */
const MANY: readonly PriceBlock[] = Array.from({ length: FEWEST_MODELS }, (_, nth) => ({
  model: `many-${nth}`,
  input: '1',
  output: '2',
}))

const OPUS_5: PriceBlock = {
  model: 'claude-opus-5',
  input: '5',
  output: '25',
  cache_read: '0.5',
  cache_write: '6.25',
}

describe('a published table', () => {
  const SONNET = {
    mode: 'chat',
    litellm_provider: 'anthropic',
    input_cost_per_token: 3e-6,
    output_cost_per_token: 1.5e-5,
    cache_read_input_token_cost: 3e-7,
    cache_creation_input_token_cost: 3.75e-6,
    cache_creation_input_token_cost_above_1hr: 6e-6,
    input_cost_per_token_above_200k_tokens: 6e-6,
    output_cost_per_token_above_200k_tokens: 2.25e-5,
    cache_read_input_token_cost_above_200k_tokens: 6e-7,
  }

  it('gives dollars per million, exactly', () => {
    expect(publishedPrices({ 'claude-sonnet-4-5': SONNET })?.blocks).toEqual([
      {
        model: 'claude-sonnet-4-5',
        input: '3',
        output: '15',
        cache_read: '0.3',
        cache_write: '3.75',
        cache_write_1h: '6',
        long_context: { above: '200000', input: '6', output: '22.5', cache_read: '0.6' },
      },
    ])
  })

  it('loses the noise of floating point, and nothing else', () => {
    const entry = '{"input_cost_per_token":2.9999999999999997e-7,"output_cost_per_token":3.625e-9}'
    expect(publishedPrices({ a: JSON.parse(entry) })?.blocks).toMatchObject([
      { input: '0.3', output: '0.003625' },
    ])
  })

  test.each<[string, string, unknown]>([
    ['the sample', 'sample_spec', SONNET],
    ['another mode', 'dall-e', { ...SONNET, mode: 'image_generation' }],
    ['no output price', 'half', { mode: 'chat', input_cost_per_token: 1e-6 }],
    [
      'a price of zero',
      'github_copilot/gpt-4',
      { ...SONNET, input_cost_per_token: 0, output_cost_per_token: 0 },
    ],
    ['a negative price', 'minus', { ...SONNET, input_cost_per_token: -1 }],
    ['a price that is no number', 'words', { ...SONNET, input_cost_per_token: 'cheap' }],
    ['a name that acts on a terminal', 'a\u001b[2J', SONNET],
    ['a name with blanks', '$(rm -rf ~)', SONNET],
    ['no entry', 'null', null],
  ])('is read without %s', (_, model, entry) => {
    expect(publishedPrices({ [model]: entry })?.blocks).toEqual([])
  })

  test.each([null, [], 'x', 5])('is not %j', (json) => {
    expect(publishedPrices(json)).toBeNull()
  })

  it('is read with the first of several tiers', () => {
    const entry = {
      ...SONNET,
      input_cost_per_token_above_200k_tokens: undefined,
      input_cost_per_token_above_1000k_tokens: 9e-6,
      input_cost_per_token_above_272k_tokens: 7e-6,
    }
    const [block] = publishedPrices({ a: JSON.parse(JSON.stringify(entry)) })?.blocks ?? []
    expect(block?.long_context).toMatchObject({ above: '272000', input: '7', output: '15' })
  })
})

describe('compared with what is known', () => {
  const compare = (...blocks: PriceBlock[]) => comparePrices([...MANY, ...blocks], known, NOW)
  const changed = (...blocks: PriceBlock[]) =>
    compare(...blocks).changes.filter(({ before }) => before !== null)

  it('a price that is stated as it is known is no change, whatever is not stated', () => {
    expect(changed(OPUS_5)).toEqual([])
    expect(compare(OPUS_5).same).toBe(1)
    expect(changed({ ...OPUS_5, model: 'anthropic/claude-opus-5' })).toEqual([])
  })

  it('two readings of where a long request begins are no change', () => {
    const tier = { above: '272000', input: '10', output: '45', cache_read: '1' }
    expect(
      changed({ model: 'gpt-5.5', input: '5', output: '30', cache_read: '0.5', long_context: tier }),
    ).toEqual([])
  })

  it('a tier that has ended is not begun again, and named', () => {
    const tier = { above: '200000', input: '10', output: '37.5' }
    const stated: PriceBlock = { ...OPUS_5, model: 'claude-opus-4-6', long_context: tier }
    expect(changed(stated)).toEqual([])
    expect(compare(stated, OPUS_5).tiersLeft).toEqual(['claude-opus-4-6'])
  })

  it('a tier that is known may change', () => {
    const tier = { above: '200000', input: '7', output: '22.5' }
    const [change] = changed({ model: 'claude-sonnet-4-5', input: '3', output: '15', long_context: tier })
    expect(change?.block.long_context).toMatchObject(tier)
  })

  it('a changed price holds from today on and keeps what the table does not state', () => {
    const [change] = changed({ ...OPUS_5, input: '4' })
    expect(change?.block).toMatchObject({
      model: 'claude-opus-5',
      from: '2026-11-22',
      input: '4',
      cache_write_1h: '10',
      batch: '0.5',
      fast: '2',
      region: { us: '1.1' },
      web_search: '10',
    })
  })

  it('a new model has its price for always', () => {
    expect(compare().changes[0]).toMatchObject({
      block: { model: 'many-0' },
      before: null,
      after: { from: -Infinity },
    })
  })

  test.each<[what: string, blocks: readonly PriceBlock[], fault: string]>([
    ['too few models', MANY.slice(1), 'it has only 99 models'],
    [
      'a price ten times too high',
      [...MANY, { ...OPUS_5, input: '50.000001' }],
      'claude-opus-5 at $50.000001 in',
    ],
    ['a price ten times too low', [...MANY, { ...OPUS_5, output: '2.499999' }], 'and $2.499999 out'],
    ['a price of zero', [...MANY, { ...OPUS_5, input: '0' }], 'claude-opus-5 at $0 in'],
  ])('is not believed with %s', (_, blocks, fault) => {
    expect(comparePrices(blocks, known, NOW).faults.join()).toContain(fault)
  })

  it('is believed with a price for what was free', () => {
    const free = { model: 'qwen3-coder', input: '1', output: '2' }
    expect(comparePrices([...MANY, free], known, NOW).faults).toEqual([])
  })

  it('is believed with a price ten times as high', () => {
    expect(comparePrices([...MANY, { ...OPUS_5, input: '50' }], known, NOW).faults).toEqual([])
  })
})

describe('the file of updates', () => {
  const SOURCE = 'https://example.com/prices.json'
  const write = (text: string | undefined, ...blocks: PriceBlock[]): string =>
    updatedPricesText(text, blocks, SOURCE, '2026-11-22T15:00:00Z')

  it('is read back as it was written, with its source', () => {
    const [price] = parseUpdatedPrices(write(undefined, OPUS_5))
    expect(price).toEqual(priceFromBlock(OPUS_5, SOURCE))
  })

  it('keeps earlier updates, and replaces those of the same day', () => {
    const first = write(undefined, { ...OPUS_5, from: '2026-11-21' }, { ...OPUS_5, from: '2026-11-22' })
    const prices = parseUpdatedPrices(write(first, { ...OPUS_5, input: '7', from: '2026-11-22' }))
    expect(prices.map(({ rates }) => rates.input / 1_000_000n)).toEqual([5n, 7n])
  })

  it('comes out the same for any order of the blocks', () => {
    expect(write(undefined, ...MANY)).toBe(write(undefined, ...MANY.toReversed()))
  })

  test.each([
    'no JSON',
    '[]',
    '{"prices":{}}',
    '{"prices":[5]}',
    '{"prices":[{"model":"a","input":1,"output":"2","source":"x"}]}',
    '{"prices":[{"model":"a","input":"1.0000001","output":"2","source":"x"}]}',
    '{"prices":[{"model":"a","input":"1","output":"2","from":"soon","source":"x"}]}',
  ])('is refused as %s', (text) => {
    expect(() => parseUpdatedPrices(text)).toThrow()
  })
})
