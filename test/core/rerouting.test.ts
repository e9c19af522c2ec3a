import { describe, expect, it } from 'vitest'
import { NO_MONEY, decimalText } from '../../src/core/money.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { priceFromBlock } from '../../src/core/price-block.ts'
import { Rerouting } from '../../src/core/rerouting.ts'
import type { RouterSettings } from '../../src/core/router.ts'
import { share, usd } from '../kit/a-budget.ts'
import { aRecord } from './a-record.ts'

const price = (model: string, input: string, output: string) =>
  priceFromBlock({ model, input, output }, 'a test')
const PRICES = priceTable([
  price('opus-1', '10', '50'),
  price('sonnet-1', '2', '10'),
  price('haiku-1', '1', '5'),
])

const ROUTER: RouterSettings = {
  rules: [
    { pattern: 'format', model: 'haiku-1', reason: '', minModel: null },
    { pattern: 'design', model: 'opus-1', reason: '', minModel: 'sonnet-1' },
  ],
  default: 'sonnet-1',
  downgrade: {
    budgets: ['daily'],
    steps: [
      { at: share('0.5'), model: 'sonnet-1' },
      { at: share('0.8'), model: 'haiku-1' },
    ],
    protect: 'audit',
  },
}

const rerouting = new Rerouting({
  router: ROUTER,
  prices: PRICES,
  asOf: 0,
  matched: (taskType) => ({
    rule: ['format', 'design'].indexOf(taskType) >= 0 ? ['format', 'design'].indexOf(taskType) : null,
    isProtected: taskType === 'audit',
  }),
})

it.each<[what: string, model: string, taskType: string, step: number, target: string | null]>([
  ['keeps its model below the first step', 'opus-1', 'fix', 0, null],
  ['takes that of the step', 'opus-1', 'fix', 1, 'sonnet-1'],
  ['takes that of the next step', 'opus-1', 'fix', 2, 'haiku-1'],
  ['never takes a dearer one', 'haiku-1', 'fix', 1, null],
  ['keeps what is protected', 'opus-1', 'audit', 2, null],
  ['goes by the rule for its type', 'opus-1', 'format', 0, 'haiku-1'],
  ['goes by the rule even to a dearer one', 'haiku-1', 'design', 0, 'opus-1'],
  ['does not go below the floor of its rule', 'opus-1', 'design', 2, 'sonnet-1'],
  ['keeps its model where the type is not known', 'opus-1', '(unknown)', 0, null],
  ['keeps a model without a price', 'acme', 'fix', 2, null],
])('%s', (_, model, taskType, step, target) => {
  expect(rerouting.targetOf(model, taskType, step)).toBe(target)
})

describe('what that saves', () => {
  const record = aRecord({ model: 'opus-1', taskType: 'fix', inputTokens: 1_000_000, outputTokens: 0 })
  const saved = (cost: string, fields: Partial<typeof record> = {}): string =>
    decimalText(rerouting.savedBy({ ...record, ...fields }, usd(cost), 1))

  it.each<[what: string, cost: string, saved: string]>([
    ['is the difference of the list prices', '10', '8'],
    ['is no more when a tool recorded more', '15', '8'],
    ['is less when a tool recorded less', '5', '3'],
  ])('%s', (_, cost, expected) => {
    expect(saved(cost)).toBe(expected)
  })

  it('is taken back by a correction of tokens, and not touched by one of the cost alone', () => {
    expect(saved('-10', { adjustment: true, inputTokens: -1_000_000 })).toBe('-8')
    expect(saved('-10', { adjustment: true, inputTokens: 0 })).toBe('0')
  })

  it('is nothing where the model stays', () => {
    expect(rerouting.savedBy(record, usd('10'), 0)).toBe(NO_MONEY)
  })
})
