import { describe, expect, it, test } from 'vitest'
import { PriceCatalog, type PriceLayers } from '../../src/core/price-catalog.ts'
import { type PriceBlock, priceFromBlock } from '../../src/core/price-block.ts'
import type { Price } from '../../src/core/price.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'

const DAY = 86_400_000
const T = Date.UTC(2026, 0, 1)

function price(model: string, input: string, keys: Partial<PriceBlock> = {}): Price {
  return priceFromBlock({ model, input, output: '1', ...keys }, 'test')
}

function catalogOf(layers: Partial<PriceLayers>): PriceCatalog {
  return new PriceCatalog({ yours: [], updated: [], shipped: [], project: [], ...layers })
}

const inputOf = (found: Price | null): string | null =>
  found === null ? null : String(found.rates.input / 1_000_000n)

const history = (catalog: PriceCatalog, id: string) =>
  catalog.historyOf(id).map(({ from, price: one }) => [from, inputOf(one)])

describe('an update', () => {
  const shipped = [price('acme', '1'), price('acme', '4', { from: '2026-03-01' })]
  const catalog = catalogOf({ shipped, updated: [price('acme-20260101', '2', { from: '2026-01-01' })] })

  test.each([
    ['what was spent before it costs what it did', T - 1, '1'],
    ['from its day on its price holds', T, '2'],
    ['a change that the shipped table knows to come still comes', T + 59 * DAY, '4'],
  ])('%s', (_, at, input) => {
    expect(inputOf(catalog.table.priceOf('acme-20260101', at))).toBe(input)
  })

  it('says nothing about other names of the model', () => {
    expect(inputOf(catalog.table.priceOf('acme', T))).toBe('1')
  })

  it('never wins over the price of the user', () => {
    const both = catalogOf({
      yours: [price('acme', '9')],
      updated: [price('acme', '2', { from: '2026-01-01' })],
    })
    const found = both.table.priceOf('acme', T)
    expect(inputOf(found)).toBe('9')
    expect(found === null ? null : both.layerOf(found)).toBe('yours')
  })

  it('wins over the shipped price from the same day, and over a project', () => {
    const same = catalogOf({
      updated: [price('acme', '2'), price('gap', '3')],
      shipped: [price('acme', '1')],
      project: [price('gap', '0.5')],
    })
    expect([inputOf(same.table.priceOf('acme', T)), inputOf(same.table.priceOf('gap', T))]).toEqual([
      '2',
      '3',
    ])
  })
})

test('lists every model of every layer once', () => {
  const catalog = catalogOf({
    yours: [price('b', '1')],
    shipped: [price('B', '1'), price('a', '1'), price('a', '2', { from: '2026-01-01' })],
    project: [price('c', '1')],
  })
  expect(catalog.models()).toEqual(['a', 'b', 'c'])
})

describe('says how an id led to its price', () => {
  const catalog = catalogOf({ shipped: systemPrices.shipped() })
  test.each([
    ['claude-opus-4-5', 'exact', 'claude-opus-4-5', '', ''],
    ['Claude-Opus-4.5', 'exact', 'claude-opus-4-5', '', ''],
    ['claude-4-opus', 'alias', 'claude-4-opus', '', ''],
    ['claude-opus-4-5-20251101', 'exact', 'claude-opus-4-5', '', '-20251101'],
    ['anthropic/claude-opus-4.5', 'exact', 'claude-opus-4-5', 'anthropic/', ''],
    ['vertex_ai/claude-opus-4-5@20251101', 'exact', 'claude-opus-4-5', 'vertex_ai/', '@20251101'],
    ['claude-sonnet-4-5[1m]', 'exact', 'claude-sonnet-4-5', '', '[1m]'],
    ['openai/gpt-5-codex', 'alias', 'gpt-5-codex', 'openai/', ''],
    [
      'global.anthropic.claude-opus-4-5-20251101-v1:0',
      'exact',
      'claude-opus-4-5',
      'global.anthropic.',
      '-20251101-v1:0',
    ],
  ])('%s', (id, kind, name, front, end) => {
    const found = catalog.table.priceOf(id, T)
    expect(found === null ? null : catalog.matchOf(id, found)).toEqual({ kind, name, front, end })
  })
})

describe('tells the history of a model', () => {
  it('through all layers, the earliest first', () => {
    const catalog = catalogOf({
      yours: [price('acme', '9', { from: '2026-02-01' })],
      shipped: [
        price('acme', '1'),
        price('acme', '2', { from: '2026-01-01' }),
        price('x', '5', { from: '2025-01-01' }),
      ],
    })
    expect(history(catalog, 'acme')).toEqual([
      [-Infinity, '1'],
      [T, '2'],
      [T + 31 * DAY, '9'],
    ])
  })

  it('of a model that had no price at first', () => {
    const catalog = catalogOf({ yours: [price('acme', '9', { from: '2026-02-01' })] })
    expect(history(catalog, 'acme')).toEqual([[T + 31 * DAY, '9']])
    expect(history(catalog, 'other')).toEqual([])
  })
})
