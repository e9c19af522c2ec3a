import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { claimsOf, crossingsOf } from '../../src/core/alert.ts'
import type { Budget } from '../../src/core/budget.ts'
import type { Share } from '../../src/core/money.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { aBudget, share } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { judged } from './judging.ts'

const daily = aBudget('daily', '10')
const MARKS = ['0.5', '0.8', '1'].map(share)

function claimNamesOf(verdicts: readonly Verdict[], marks: readonly Share[]): readonly string[] {
  return crossingsOf(verdicts, marks).flatMap(claimsOf)
}

function claimsAt(spent: string, budget: Budget): readonly string[] {
  return claimNamesOf(verdictsOf(spent, [budget]), [])
}

function claimsOn(day: string): readonly string[] {
  const lines = [usage({ timestamp: `${day}T10:00:00Z`, cost_usd: 9 })]
  return claimNamesOf(judged({ lines, budgets: [daily], at: `${day}T14:30:00Z` }).verdicts, [])
}

function verdictsOf(spent: string, budgets: readonly Budget[]) {
  const lines = spent === '0' ? [] : [usage({ session_id: 's1', cost_usd: spent })]
  return judged({ lines, budgets }).verdicts
}

describe('what is crossed of a budget of $10 with marks at 50, 80 and 100 %', () => {
  test.each<[spent: string, crossing: string]>([
    ['0', ''],
    ['4.999999999999', ''],
    ['5', 'mark 500000 ok, 0 skipped'],
    ['7.999999999999', 'mark 500000 ok, 0 skipped'],
    ['8', 'threshold 800000 warning, 1 skipped'],
    ['9.5', 'threshold 950000 critical, 2 skipped'],
    ['10', 'mark 1000000 critical, 3 skipped'],
    ['1000', 'mark 1000000 critical, 3 skipped'],
  ])('$%s', (spent, told) => {
    const crossings = crossingsOf(verdictsOf(spent, [daily]), MARKS)
    const short = crossings.map(
      ({ kind, share: at, level, skipped }) => `${kind} ${at} ${level}, ${skipped.length} skipped`,
    )
    expect(short.join()).toBe(told)
  })
})

describe('a limit of zero', () => {
  it('is crossed by the first picodollar, at its highest point', () => {
    const crossings = crossingsOf(verdictsOf('0.000000000001', [aBudget('daily', '0')]), [])
    expect(crossings.map(({ level }) => level)).toEqual(['critical'])
  })

  it('is not crossed by nothing', () => {
    expect(crossingsOf(verdictsOf('0', [aBudget('daily', '0')]), MARKS)).toEqual([])
  })
})

it('what could not be priced crosses nothing, though it makes a warning', () => {
  const lines = [usage({ model: 'acme-1' })]
  const { verdicts } = judged({ lines, budgets: [daily] })
  expect(verdicts[0]?.level).toBe('warning')
  expect(crossingsOf(verdicts, MARKS)).toEqual([])
})

describe('the claim of an alert', () => {
  it('stays the same however the spending goes on within a period', () => {
    expect(claimsAt('8', daily)).toEqual(claimsAt('9.4', daily))
  })

  test.each<[change: string, budget: Budget]>([
    ['limit', aBudget('daily', '10.01')],
    ['budget', aBudget('weekly', '10')],
    ['scope', aBudget('daily', '10', { project: '*' })],
    ['threshold', { ...daily, thresholdWarning: share('0.81') }],
    ['session', aBudget('per_session', '10')],
  ])('is another one for another %s', (_change, budget) => {
    const before = claimsAt('9', daily)
    const after = claimsAt('9', budget)
    expect([before.length, after.length]).toEqual([1, 1])
    expect(after).not.toEqual(before)
  })

  it('is another one in the next period', () => {
    expect(claimsOn('2025-12-15')).not.toEqual(claimsOn('2025-12-16'))
  })

  it('is one for each session', () => {
    const lines = ['s1', 's2'].map((id) => usage({ session_id: id, cost_usd: 9 }))
    const { verdicts } = judged({ lines, budgets: [aBudget('per_session', '2')] })
    expect(new Set(crossingsOf(verdicts, []).map(({ claim }) => claim)).size).toBe(2)
  })
})

it('once the highest is claimed with what it skips, nothing lower is left to claim', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_200 }),
      fc.integer({ min: 0, max: 1_200 }),
      fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 4 }),
      (a, b, percents) => {
        const marks = percents.map((percent) => share(`${percent / 100}`))
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((cents) =>
          claimNamesOf(verdictsOf(`${cents / 100}`, [daily]), marks),
        )
        expect(high).toEqual(expect.arrayContaining([...(low ?? [])]))
        expect(new Set(high).size).toBe(high?.length)
      },
    ),
    { numRuns: 40 },
  )
})
