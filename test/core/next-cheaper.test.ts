import { assert, constantFrom, property } from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isCheaper } from '../../src/core/cheaper.ts'
import { isHalfAsDear, nextCheaper } from '../../src/core/next-cheaper.ts'
import { priceFromBlock } from '../../src/core/price-block.ts'
import { PriceCatalog } from '../../src/core/price-catalog.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import { instant } from '../kit/fold-lines.ts'

const NOW = instant('2026-11-22T12:00:00Z')

const shipped = new PriceCatalog({ yours: [], updated: [], shipped: systemPrices.shipped(), project: [] })
const prices = shipped.models().flatMap((model) => shipped.table.priceOf(model, NOW) ?? [])

function next(model: string, isEnough = isCheaper): string | null {
  const from = shipped.table.priceOf(model, NOW)
  if (from === null) throw new Error(`${model} has no price`)
  return nextCheaper(from, prices, isEnough)?.model ?? null
}

describe('the next cheaper model', () => {
  it.each([
    ['claude-opus-4', 'claude-opus-5-5'],
    ['claude-opus-4-5-20251101', 'claude-opus-5-5'],
    ['claude-opus-5-5', 'claude-sonnet-5-5'],
    ['claude-sonnet-5-5', 'claude-haiku-5-5'],
    ['claude-haiku-5-5', null],
    ['us.anthropic.claude-opus-5-20260101-v1:0', 'us.anthropic.claude-opus-5-5'],
    ['gpt-5.5-pro', 'gpt-6-astra'],
    ['gpt-6-sol', 'gpt-6-luna'],
    ['o3', 'o4-mini'],
    ['gemini-2.5-pro', 'gemini-3.8-flash'],
    ['z-ai/glm-5.2', 'z-ai/glm-5-turbo'],
    ['qwen3-coder', null],
  ])('than %s is %s', (model, expected) => {
    expect(next(model)).toBe(expected)
  })

  it.each([
    ['claude-opus-5', 'claude-sonnet-5-5'],
    ['claude-sonnet-5', 'claude-haiku-5-5'],
    ['gpt-5.5', 'gpt-5.3-codex'],
  ])('at half the price than %s is %s', (model, expected) => {
    expect(next(model, isHalfAsDear)).toBe(expected)
  })

  it('is never dearer in anything, nor the model itself', () => {
    assert(
      property(constantFrom(...prices), (from) => {
        const found = nextCheaper(from, prices)
        if (found !== null) expect(isCheaper(found.rates, from.rates)).toBe(true)
      }),
    )
  })
})

test.each([
  ['is free', 'acme-2-local', '0', '0'],
  ['speaks', 'acme-2-audio', '0.5', '1'],
  ['is older', 'acme-1-mini', '0.5', '1'],
  ['is of another maker', 'other-2-mini', '0.5', '1'],
  ['is sold elsewhere', 'host/acme-2-mini', '0.5', '1'],
  ['costs more to answer', 'acme-2-mini', '0.5', '5'],
])('a model that %s is none', (_, model, input, output) => {
  const from = priceFromBlock({ model: 'acme-2', input: '1', output: '4' }, 'test')
  expect(nextCheaper(from, [from, priceFromBlock({ model, input, output }, 'test')])).toBeNull()
})
