import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PriceBlock, priceFromBlock } from '../../src/core/price-block.ts'
import { isFree } from '../../src/core/price.ts'

const SOURCE = 'prices.yaml:3'

function priceOf(keys: Partial<PriceBlock>) {
  return priceFromBlock({ model: 'acme-1', input: '1', output: '4', ...keys }, SOURCE)
}

describe('priceFromBlock', () => {
  test('reads every key exactly', () => {
    expect(
      priceOf({
        aliases: ['acme'],
        from: '2026-01-01',
        cache_read: '0.003625',
        cache_write: '1.25',
        cache_write_1h: '2',
        long_context: { above: '200000', input: '2', output: '8', cache_read: '0.2' },
        batch: '0.5',
        priority: '1.75',
        fast: '6',
        region: { us: '1.1' },
        web_search: '10',
      }),
    ).toEqual({
      model: 'acme-1',
      aliases: ['acme'],
      from: Date.UTC(2026, 0, 1),
      rates: {
        input: 1_000_000n,
        output: 4_000_000n,
        cacheRead: 3_625n,
        cacheWrite: 1_250_000n,
        cacheWrite1h: 2_000_000n,
      },
      longContext: {
        above: 200_000,
        rates: {
          input: 2_000_000n,
          output: 8_000_000n,
          cacheRead: 200_000n,
          cacheWrite: 2_500_000n,
          cacheWrite1h: 4_000_000n,
        },
      },
      factors: new Map([
        ['batch', { numerator: 1n, denominator: 2n }],
        ['priority', { numerator: 7n, denominator: 4n }],
        ['fast', { numerator: 6n, denominator: 1n }],
        ['us', { numerator: 11n, denominator: 10n }],
      ]),
      webSearch: 10_000_000_000n,
      source: SOURCE,
    })
  })

  test('holds always, without fees and tiers, when nothing else is written', () => {
    expect(priceOf({})).toMatchObject({
      from: -Infinity,
      aliases: [],
      longContext: null,
      factors: new Map(),
      webSearch: null,
    })
  })

  test.each([
    ['cache reads cost the input rate', {}, { cacheRead: 1_000_000n }],
    ['cache writes cost the input rate', {}, { cacheWrite: 1_000_000n, cacheWrite1h: 1_000_000n }],
    ['one-hour writes cost the write rate', { cache_write: '1.25' }, { cacheWrite1h: 1_250_000n }],
  ])('assumes no discount: unwritten %s', (_, keys, rates) => {
    expect(priceOf(keys).rates).toMatchObject(rates)
  })

  test('a tier of a model with free input takes its own input rate for the cache', () => {
    const tier = priceOf({ input: '0', long_context: { above: '1', input: '3', output: '4' } }).longContext
    expect(tier?.rates).toMatchObject({
      cacheRead: 3_000_000n,
      cacheWrite: 3_000_000n,
      cacheWrite1h: 3_000_000n,
    })
  })

  test.each<[Partial<PriceBlock>, string]>([
    [{ input: 'three' }, 'input: "three"'],
    [{ output: '-1' }, 'output: "-1"'],
    [{ cache_read: '0.0000001' }, 'cache_read: "0.0000001"'],
    [{ cache_write: '' }, 'cache_write: ""'],
    [{ cache_write_1h: '1,5' }, 'cache_write_1h: "1,5"'],
    [{ from: '2026-02-30' }, 'from: "2026-02-30"'],
    [{ long_context: { above: '200k', input: '1', output: '1' } }, 'long_context.above: "200k"'],
    [{ long_context: { above: '1', input: 'x', output: '1' } }, 'long_context.input: "x"'],
    [{ batch: 'half' }, 'batch: "half"'],
    [{ region: { us: '-1' } }, 'region.us: "-1"'],
    [{ web_search: 'free' }, 'web_search: "free"'],
  ])('refuses %j and names the place, the key and the model', (keys, named) => {
    expect(() => priceOf(keys)).toThrow(`${SOURCE}: ${named} of model "acme-1" is no`)
  })

  test('keeps every rate of up to six decimals exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), (picodollars) => {
        const text = `${picodollars / 1_000_000n}.${String(picodollars % 1_000_000n).padStart(6, '0')}`
        expect(priceOf({ input: text }).rates.input).toBe(picodollars)
      }),
    )
  })

  test.each<[boolean, Partial<PriceBlock>]>([
    [true, { input: '0', output: '0' }],
    [false, { input: '0', output: '0.1' }],
    [false, { input: '0', output: '0', cache_write_1h: '1' }],
    [false, { input: '0', output: '0', long_context: { above: '9', input: '0', output: '1' } }],
  ])('is free: %s for %j', (free, keys) => {
    expect(isFree(priceOf(keys))).toBe(free)
  })
})
