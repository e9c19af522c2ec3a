import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Budget, UnpricedRule } from '../../src/core/budget.ts'
import { decimalText, picodollarsOf } from '../../src/core/money.ts'
import { type Level, LEVELS, bySeverity, evaluate, worseOf, worstLevel } from '../../src/core/verdict.ts'
import { aBudget } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { judged, shortly } from './judging.ts'

const inDollars = (amount: bigint): string => decimalText(picodollarsOf(amount))

function judgedIn(lines: readonly string[], budgets: readonly Budget[], onUnpriced: UnpricedRule = 'warn') {
  return shortly(judged({ lines, budgets, onUnpriced }), inDollars)
}

const refund = (amount: number) =>
  usage({
    v: 1,
    id: 'b',
    kind: 'adjustment',
    corrects: 'a',
    cost_usd: amount,
    input_tokens: 0,
    output_tokens: 0,
  })

describe('the level of a budget of $10', () => {
  test.each<[spent: string, verdict: string]>([
    ['0', 'daily 0 ok'],
    ['7.999999999999', 'daily 7.999999999999 ok'],
    ['8', 'daily 8 warning'],
    ['8.000000000001', 'daily 8.000000000001 warning'],
    ['9.499999999999', 'daily 9.499999999999 warning'],
    ['9.5', 'daily 9.5 critical'],
    ['9.999999999999', 'daily 9.999999999999 critical'],
    ['10', 'daily 10 critical over'],
    ['10.69', 'daily 10.69 critical over'],
  ])('$%s', (cost, verdict) => {
    expect(
      judgedIn(
        [usage({ cost_usd: cost, input_tokens: cost === '0' ? 0 : 1, output_tokens: 0 })],
        [aBudget('daily', '10')],
      ),
    ).toEqual([verdict])
  })

  it('an adjustment may bring it back below, even below nothing', () => {
    const cost = usage({ v: 1, id: 'a', cost_usd: 12 })
    expect(judgedIn([cost, refund(-5)], [aBudget('daily', '10')])).toEqual(['daily 7 ok'])
    expect(judgedIn([refund(-13), cost], [aBudget('daily', '10')])).toEqual(['daily -1 ok'])
  })
})

describe('a limit of zero means "spend nothing"', () => {
  test.each<[cost: string, verdict: string]>([
    ['0.000000000001', 'daily 0.000000000001 critical over'],
    ['5', 'daily 5 critical over'],
  ])('$%s', (cost, verdict) => {
    const { verdicts } = judged({ lines: [usage({ cost_usd: cost })], budgets: [aBudget('daily', '0')] })
    expect(verdicts[0]?.ratio).toBeNull()
    expect(judgedIn([usage({ cost_usd: cost })], [aBudget('daily', '0')])).toEqual([verdict])
  })

  it('nothing is within it', () => {
    expect(judgedIn([], [aBudget('daily', '0')])).toEqual(['daily 0 ok'])
  })

  it('what is unpriced makes it doubtful', () => {
    expect(judgedIn([usage({ model: 'acme' })], [aBudget('daily', '0')])).toEqual(['daily ≥0 warning'])
  })
})

describe('spend that has no price', () => {
  const priced = usage({ id: 'a', cost_usd: 1 })
  const unpriced = usage({ id: 'b', model: 'acme' })
  const critical = usage({ id: 'c', cost_usd: 9.6 })

  test.each<[rule: UnpricedRule, below: string, above: string]>([
    ['ignore', 'daily ≥1 ok', 'daily ≥10.6 critical over'],
    ['warn', 'daily ≥1 warning', 'daily ≥10.6 critical over'],
    ['fail', 'daily ≥1 unknown', 'daily ≥10.6 critical over'],
  ])('under on_unpriced: %s', (rule, below, above) => {
    expect(judgedIn([priced, unpriced], [aBudget('daily', '10')], rule)).toEqual([below])
    expect(judgedIn([priced, unpriced, critical], [aBudget('daily', '10')], rule)).toEqual([above])
  })

  it('never lowers a warning that the priced part proves', () => {
    const warning = usage({ id: 'w', cost_usd: 8.5 })
    expect(judgedIn([warning, unpriced], [aBudget('daily', '10')], 'ignore')).toEqual(['daily ≥8.5 warning'])
  })

  it('matters only in the period and scope where it falls', () => {
    const elsewhere = usage({ id: 'e', model: 'acme', timestamp: '2025-12-10T10:00:00Z', project: 'other' })
    expect(
      judgedIn(
        [priced, elsewhere],
        [
          aBudget('daily', '10'),
          aBudget('weekly', '10'),
          aBudget('monthly', '10'),
          aBudget('monthly', '10', { project: 'shop' }),
          aBudget('monthly', '10', { project: 'other' }),
          aBudget('monthly', '10', { model: 'claude-*' }),
        ],
      ),
    ).toEqual([
      'daily 1 ok',
      'weekly 1 ok',
      'monthly ≥1 warning',
      'project=shop/monthly 0 ok',
      'project=other/monthly ≥0 warning',
      'model=claude-*/monthly 1 ok',
    ])
  })

  it('is also what was rejected, at the instant and place it names', () => {
    const rejected = usage({ cost_usd: -5, project: 'other' })
    expect(
      judgedIn([priced, rejected], [aBudget('daily', '10'), aBudget('daily', '10', { project: 'shop' })]),
    ).toEqual(['daily ≥1 warning', 'project=shop/daily 0 ok'])
  })

  it('is also what has no instant, in every period', () => {
    const undated = usage({ id: 'u', timestamp: 'yesterday', cost_usd: 3 })
    expect(judgedIn([priced, undated], [aBudget('daily', '10'), aBudget('monthly', '10')])).toEqual([
      'daily ≥1 warning',
      'monthly ≥1 warning',
    ])
  })

  it('is not what has neither instant nor cost nor tokens', () => {
    const empty = usage({ id: 'u', timestamp: 'yesterday', cost_usd: 0, input_tokens: 0, output_tokens: 0 })
    expect(judgedIn([priced, empty], [aBudget('daily', '10')])).toEqual(['daily 1 ok'])
  })
})

describe('of several levels', () => {
  test.each<[a: Level, b: Level, worse: Level]>([
    ['ok', 'warning', 'warning'],
    ['unknown', 'warning', 'unknown'],
    ['unknown', 'critical', 'critical'],
    ['ok', 'ok', 'ok'],
  ])('%s and %s the worse is %s', (a, b, worse) => {
    expect(worseOf(a, b)).toBe(worse)
    expect(worseOf(b, a)).toBe(worse)
  })

  it('the worst over all budgets counts, whatever their order', () => {
    const lines = [usage({ cost_usd: 8.5 })]
    const budgets = [aBudget('daily', '10'), aBudget('weekly', '8.6'), aBudget('monthly', '200')]
    fc.assert(
      fc.property(fc.shuffledSubarray(budgets, { minLength: 3 }), (order) => {
        expect(worstLevel(judged({ lines, budgets: order }).verdicts)).toBe('critical')
      }),
    )
  })

  it('without budgets there is nothing to be worse than ok', () => {
    expect(worstLevel([])).toBe('ok')
  })

  it('by severity the worst and fullest come first, and equals keep the order of the settings', () => {
    const { verdicts } = judged({
      lines: [usage({ cost_usd: 8.5 })],
      budgets: [
        aBudget('monthly', '200'),
        aBudget('daily', '10'),
        aBudget('daily', '10', { project: '*' }),
        aBudget('weekly', '9'),
        aBudget('weekly', '1'),
        aBudget('monthly', '0', { model: '*' }),
      ],
    })
    expect(verdicts.toSorted(bySeverity).map(({ budget, ratio }) => `${budget.id} ${ratio}`)).toEqual([
      'model=*/monthly null',
      'weekly 8.5',
      'weekly 0.944444',
      'daily 0.85',
      'project=*/daily 0.85',
      'monthly 0.0425',
    ])
  })
})

it('a budget that the snapshot does not know is not judged', () => {
  const { snapshot } = judged({ lines: [usage({ cost_usd: 1 })], budgets: [] })
  expect(evaluate([aBudget('daily', '10')], snapshot, 'warn')).toEqual([])
})

it('levels are ordered from harmless to worst', () => {
  expect(LEVELS).toEqual(['ok', 'warning', 'unknown', 'critical'])
})
