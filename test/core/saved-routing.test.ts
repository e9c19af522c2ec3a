import { describe, expect, it } from 'vitest'
import { priceFromBlock } from '../../src/core/price-block.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { NO_RULES } from '../../src/core/router.ts'
import type { Stamp } from '../../src/core/saved-ledger.ts'
import {
  type SavedRouting,
  restoreRouting,
  saveRouting,
  savedRouting,
  sealRouting,
} from '../../src/core/saved-routing.ts'
import { aRouter, aRule } from './routing.ts'

const FROM = Date.UTC(2025, 11, 15)
const TO = Date.UTC(2025, 11, 16)

const PRICES = priceTable([
  ...['m-opus', 'm-sonnet', 'm-haiku', 'm-other'].map((model, nth) => price(model, String(nth + 1))),
  // It becomes dearer at noon of that day.
  price('m-changing', '1', '2025-01-01'),
  price('m-changing', '2', '2025-12-15T12:00:00Z'),
])

function price(model: string, input: string, from?: string) {
  return priceFromBlock({ model, input, output: '9', ...(from !== undefined && { from }) }, 'test')
}

function never(): never {
  throw new Error('asked for a model that is not there')
}

const ROUTER = aRouter({
  rules: [aRule('lint', 'm-changing'), aRule('hard', 'm-acme', { minModel: 'm-haiku' })],
})
const SAVED = throughJson(saveRouting(ROUTER, 'm-other', PRICES, FROM, TO))

describe('a routing that was saved and restored', () => {
  it('has the same router, to the millionth of a step', () => {
    const { router, defaultModel } = restoreRouting(SAVED, never)
    expect({ router, defaultModel }).toEqual({ router: ROUTER, defaultModel: 'm-other' })
  })

  it.each(['m-opus', 'm-sonnet', 'm-haiku', 'm-other'])('knows what %s costs', (model) => {
    expect(restoreRouting(SAVED, never).ratesOf(model)).toEqual({
      input: PRICES.priceOf(model, FROM)?.rates.input,
      output: PRICES.priceOf(model, FROM)?.rates.output,
    })
  })

  it('knows that a model has no price', () => {
    expect(restoreRouting(SAVED, never).ratesOf('m-acme')).toBeNull()
  })

  it.each([
    ['whose price changes during the day', 'm-changing'],
    ['that it does not name', 'm-stranger'],
  ])('asks for a model %s', (_, model) => {
    expect(restoreRouting(SAVED, () => null).ratesOf(model)).toBeNull()
    expect(() => restoreRouting(SAVED, never).ratesOf(model)).toThrow('not there')
  })

  it('may be no rules at all', () => {
    const saved = throughJson(saveRouting(NO_RULES, null, PRICES, FROM, TO))
    expect(restoreRouting(saved, never)).toMatchObject({ router: NO_RULES, defaultModel: null })
  })
})

describe('the seal of a routing', () => {
  const head = headOf({})
  const content = throughJson(sealRouting(SAVED, head)!)

  it('is opened by the head of its settings and its day', () => {
    expect(savedRouting(head, content)).toMatchObject(SAVED)
  })

  it.each([
    ['another program', headOf({ program: 'q' })],
    ['other settings', headOf({ stamp: [1, 3] })],
    ['another day', headOf({ start: TO })],
    ['no settings', { ...head, settings: null }],
  ])('stays closed to the head of %s', (_, other) => {
    expect(savedRouting(other, content)).toBeNull()
  })

  it.each([[null], ['text'], [{}], [[]]])('stays closed where there is none: %j', (nothing) => {
    expect(savedRouting(head, nothing)).toBeNull()
  })
})

function headOf({ program = 'p', stamp = [1, 2] as Stamp, start = FROM }) {
  return { program, settings: { stamp }, today: { start } }
}

function throughJson<Value extends SavedRouting>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}
