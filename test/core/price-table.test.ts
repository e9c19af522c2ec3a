import { describe, expect, test } from 'vitest'
import { type PriceBlock, priceFromBlock } from '../../src/core/price-block.ts'
import { priceTable } from '../../src/core/price-table.ts'
import type { Price } from '../../src/core/price.ts'

const T = Date.UTC(2026, 0, 1)

function price(model: string, input: string, keys: Partial<PriceBlock> = {}): Price {
  return priceFromBlock({ model, input, output: '1', ...keys }, 'test')
}

function inputOf(found: Price | null): string | null {
  return found === null ? null : String(found.rates.input / 1_000_000n)
}

describe('priceTable', () => {
  test('knows no price for a model it does not list', () => {
    expect(priceTable([price('acme', '1')]).priceOf('acme-2', T)).toBeNull()
    expect(priceTable().priceOf('acme', null)).toBeNull()
  })

  test.each<[string, number | null, string | null]>([
    ['one millisecond before the first', T - 1, null],
    ['at the first', T, '1'],
    ['one millisecond before the second', T + 999, '1'],
    ['at the second', T + 1000, '2'],
    ['long after', T + 1e12, '2'],
    ['without an instant', null, '2'],
  ])('takes the price that holds %s, whatever the order of the list', (_, at, input) => {
    const first = price('acme', '1', { from: '2026-01-01' })
    const second = price('acme', '2', { from: '2026-01-01T00:00:01Z' })
    expect(inputOf(priceTable([first, second]).priceOf('acme', at))).toBe(input)
    expect(inputOf(priceTable([second, first]).priceOf('acme', at))).toBe(input)
  })

  test('takes the first of two prices from the same instant', () => {
    expect(inputOf(priceTable([price('acme', '1'), price('acme', '2')]).priceOf('acme', T))).toBe('1')
  })

  test('prefers the name of a model to an alias of another, and the first to claim an alias', () => {
    const table = priceTable([price('a', '1', { aliases: ['b', 'c'] }), price('b', '2', { aliases: ['c'] })])
    expect(inputOf(table.priceOf('b', T))).toBe('2')
    expect(inputOf(table.priceOf('c', T))).toBe('1')
  })

  describe('with the user’s prices before the shipped ones', () => {
    const shipped = [
      price('acme', '1', { aliases: ['acme-20250101'] }),
      price('acme', '2', { from: '2026-06-01' }),
    ]

    test('the user’s price replaces the shipped one, also where that is newer or more exactly named', () => {
      const table = priceTable([price('acme', '9')], shipped)
      expect(inputOf(table.priceOf('acme', T + 1e12))).toBe('9')
      expect(inputOf(table.priceOf('acme-20250101', T))).toBe('9')
      expect(inputOf(table.priceOf('acme', null))).toBe('9')
    })

    test('before the user’s price begins the shipped one holds', () => {
      const table = priceTable([price('acme', '9', { from: '2026-01-01' })], shipped)
      expect(inputOf(table.priceOf('acme', T - 1))).toBe('1')
      expect(inputOf(table.priceOf('acme', T))).toBe('9')
    })

    test('other models keep theirs', () => {
      expect(inputOf(priceTable([price('other', '9')], shipped).priceOf('acme', T))).toBe('1')
    })
  })

  describe('with the prices of a project behind both', () => {
    const own = [price('mine', '3', { aliases: ['my-model'], from: '2026-01-01' })]
    const shipped = [
      price('acme', '1', { aliases: ['acme-latest'], from: '2026-01-01' }),
      price('acme', '2', { from: '2026-06-01' }),
      priceFromBlock({ model: 'local', input: '0', output: '0' }, 'test'),
    ]
    const inputWith = (project: readonly Price[], model: string, at: number | null = T) =>
      inputOf(priceTable(own, shipped, project).priceOf(model, at))

    test('a model that nobody else prices costs what the project says', () => {
      const project = [price('gap', '5', { aliases: ['gap-latest'] })]
      expect(inputWith(project, 'gap')).toBe('5')
      expect(inputWith(project, 'gap-latest')).toBe('5')
      expect(inputWith(project, 'openrouter/gap', null)).toBe('5')
    })

    test.each<[why: string, model: string, at: number | null, input: string | null]>([
      ['the user prices', 'mine', T, '3'],
      ['the user prices only later', 'mine', T - 1, null],
      ['the user knows by an alias', 'my-model', T, '3'],
      ['the shipped table prices', 'acme', T, '1'],
      ['the shipped table prices only later', 'acme', T - 1, null],
      ['the shipped table knows by an alias', 'acme-latest', T, '1'],
      ['the shipped table knows without a provider in front', 'openrouter/acme', T, '1'],
      ['the shipped table knows without its date', 'acme-20260301', T, '1'],
      ['has an undated record', 'acme', null, '2'],
      ['is free', 'local', T, '0'],
    ])('a model that %s keeps its price: %s', (_, model, at, input) => {
      const names = ['mine', 'my-model', 'acme', 'acme-latest', 'openrouter/acme', 'acme-20260301', 'local']
      const byName = names.map((name) => price(name, '9'))
      const byAlias = [price('bait', '9', { aliases: names })]
      for (const project of [byName, byAlias]) expect(inputWith(project, model, at)).toBe(input)
    })
  })

  test('a free price does not follow its model behind a provider’s name', () => {
    const table = priceTable([priceFromBlock({ model: 'qwen', input: '0', output: '0' }, 'test')])
    expect(table.priceOf('Qwen', T)?.model).toBe('qwen')
    expect(table.priceOf('openrouter/qwen', T)).toBeNull()
  })

  test('answers the same for more model names than it remembers', () => {
    const table = priceTable([price('acme', '1')])
    for (let n = 0; n < 5000; n++) expect(table.priceOf(`unknown-${n}`, T)).toBeNull()
    expect(inputOf(table.priceOf('acme', T))).toBe('1')
    expect(inputOf(table.priceOf('anthropic/acme', T))).toBe('1')
  })
})
