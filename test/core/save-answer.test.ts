import { describe, expect, it } from 'vitest'
import { claimsOf, crossingsOf } from '../../src/core/alert.ts'
import type { Budget } from '../../src/core/budget.ts'
import { type AnswerRules, saveAnswer } from '../../src/core/save-answer.ts'
import { aBudget, share, usd } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { aJudgement } from './answers/a-judgement.ts'

const DAILY = aBudget('daily', '10')
const SESSION = aBudget('per_session', '4')
const STEPS = { at: share('0.5'), budgets: ['daily', 'per_session'] }

function rules(budgets: readonly Budget[], rest: Partial<AnswerRules> = {}): AnswerRules {
  return { budgets, builtInLimits: false, onUnpriced: 'warn', marks: [], firstStep: STEPS, ...rest }
}

function spent(...costs: readonly (number | null)[]) {
  const lines = costs.map((cost_usd, nth) => usage({ id: `r${nth}`, session_id: `s${nth}`, cost_usd }))
  return aJudgement({ lines, budgets: [DAILY, SESSION] })
}

const nobody = (): boolean => false

describe('all is below the steps of the router', () => {
  it.each([
    [[1, 1], true],
    [[1.9, 1.9], true],
    // A session at half of its limit, whichever it is.
    [[1, 2], false],
    // The day at half of its limit.
    [[1.9, 1.9, 1.9], false],
    // What has no price may be anything.
    [[1, null], false],
  ])('after %j in sessions of their own: %j', (costs, isBelow) => {
    const saved = saveAnswer(spent(...costs), rules([DAILY, SESSION]), nobody)
    expect(saved?.isBelowSteps).toBe(isBelow)
  })

  it('where no budget that is used up drives the router, or there are no steps', () => {
    const over = spent(9)
    const weekly = { ...STEPS, budgets: ['weekly'] }
    expect(saveAnswer(over, rules([DAILY], { firstStep: weekly }), nobody)?.isBelowSteps).toBe(true)
    expect(saveAnswer(over, rules([DAILY], { firstStep: null }), nobody)?.isBelowSteps).toBe(true)
  })
})

describe('claims that are due', () => {
  const judgement = spent(3.9, 4.4)
  const due = crossingsOf(judgement.verdicts, [share('0.5')]).flatMap(claimsOf)
  const marked = rules([DAILY, SESSION], { marks: [share('0.5')] })

  it('are kept as long as nobody has taken them', () => {
    expect(due.length).toBeGreaterThan(3)
    expect(saveAnswer(judgement, marked, nobody)?.unclaimed).toEqual(due)
    expect(saveAnswer(judgement, marked, (name) => name !== due[1])?.unclaimed).toEqual([due[1]])
    expect(saveAnswer(judgement, marked, () => true)?.unclaimed).toEqual([])
  })

  it('are those without an override, whatever holds now', () => {
    const until = judgement.snapshot.asOf + 1000
    const raise = {
      kind: 'raise',
      id: 'a',
      timestamp: 0,
      until,
      budget: 'daily',
      by: usd('90'),
      why: null,
    } as const
    const overrides = { ...judgement.overrides, raises: [raise] }
    expect(saveAnswer({ ...judgement, overrides, verdicts: [] }, marked, nobody)?.unclaimed).toEqual(due)
  })
})
