import { describe, expect, it } from 'vitest'
import { computedCost } from '../../src/core/cost.ts'
import { priceFromBlock } from '../../src/core/price-block.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { restorePrices, savePrices } from '../../src/core/saved-price.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import { aRecord } from './a-record.ts'

const FROM = Date.UTC(2025, 11, 15)
const TO = Date.UTC(2025, 11, 16)
const NOTHING = { priceOf: () => null }
const SHIPPED = priceTable([], systemPrices.shipped())

describe('prices that were saved and restored', () => {
  it('cost the same to the picodollar, with tiers, factors and searches', () => {
    const models = [
      'claude-sonnet-4',
      'claude-opus-4',
      'gpt-4.1',
      'gemini-2.5-pro',
      'qwen3-coder',
      'claude-opus-4-6',
    ]
    const restored = restorePrices(throughJson(savePrices(SHIPPED, models, FROM, TO)), FROM, TO, NOTHING)
    for (const model of models) {
      const price = SHIPPED.priceOf(model, FROM)
      for (const serviceTier of ['', 'batch', 'priority']) {
        const record = aRecord({
          model,
          serviceTier,
          cacheReadTokens: 300_000,
          cacheWriteTokens: 9,
          webSearchRequests: 3,
        })
        const again = restored.priceOf(model, FROM)
        expect(again === null).toBe(price === null)
        if (price !== null && again !== null)
          expect(computedCost(record, again)).toBe(computedCost(record, price))
      }
    }
  })

  it('know what has no price, and ask about the rest and about other days', () => {
    const asked: unknown[] = []
    const otherwise = { priceOf: (...question: unknown[]) => (asked.push(question), null) }
    const table = restorePrices(throughJson(savePrices(SHIPPED, ['acme-1'], FROM, TO)), FROM, TO, otherwise)
    expect(table.priceOf('acme-1', FROM)).toBeNull()
    expect(asked).toEqual([])
    const others = [
      ['acme-2', FROM],
      ['acme-1', FROM - 1],
      ['acme-1', TO],
      ['acme-1', null],
    ] as const
    for (const [model, at] of others) table.priceOf(model, at)
    expect(asked).toEqual(others)
  })

  it('leave out a price that changes within the span', () => {
    const blocks = [
      { model: 'm', input: '1', output: '2' },
      { model: 'm', input: '1', output: '3', from: '2025-12-15T12:00:00Z' },
    ]
    const table = priceTable(blocks.map((block) => priceFromBlock(block, 'test')))
    expect(savePrices(table, ['m'], FROM, TO)).toEqual([])
    expect(savePrices(table, ['m'], TO, TO + 1)).toHaveLength(1)
  })
})

function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value))
}
