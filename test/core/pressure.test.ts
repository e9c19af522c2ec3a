import { describe, expect, it } from 'vitest'

import type { RequestLabels } from '../../src/core/pressure.ts'
import { hasReached, pressureOf } from '../../src/core/pressure.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { share } from '../kit/a-budget.ts'
import { aVerdict } from './routing.ts'

const ANYBODY: RequestLabels = { sessionId: null, labels: {} }

function ratio(verdicts: readonly Verdict[], request: RequestLabels = ANYBODY): number | null {
  const ids = verdicts.map(({ budget }) => budget.id)
  return pressureOf(verdicts, ids, request)?.ratio ?? null
}

describe('pressure', () => {
  it('is that of the budget which is used up furthest, of those that drive', () => {
    const verdicts = [aVerdict('3'), aVerdict('7', { kind: 'weekly' }), aVerdict('9', { kind: 'monthly' })]
    expect(pressureOf(verdicts, ['daily', 'weekly'], ANYBODY)).toMatchObject({
      ratio: 0.7,
      verdict: { budget: { id: 'weekly' } },
    })
    expect(pressureOf(verdicts, ['opus/daily'], ANYBODY)).toBeNull()
    expect(pressureOf([], ['daily'], ANYBODY)).toBeNull()
  })

  it.each([
    ['0', '0', 0],
    ['0.01', '0', Infinity],
    ['12', '10', 1.2],
    ['-1', '10', -0.1],
  ])('of $%s spent of $%s is %d', (spent, limit, expected) => {
    expect(ratio([aVerdict(spent, { limit })])).toBe(expected)
  })

  it('is a lower bound as soon as any budget in view is one', () => {
    const verdicts = [aVerdict('7'), aVerdict('1', { kind: 'weekly', lowerBound: true })]
    expect(pressureOf(verdicts, ['daily', 'weekly'], ANYBODY)).toMatchObject({ ratio: 0.7, isAtLeast: true })
    expect(pressureOf(verdicts, ['daily'], ANYBODY)).toMatchObject({ isAtLeast: false })
  })

  it.each<[scope: string, labels: RequestLabels['labels'], sees: boolean]>([
    ['project', { project: 'shop' }, true],
    ['project', { project: 'other' }, false],
    ['project', {}, true],
    ['tool', { project: 'other' }, true],
  ])('of a budget for one %s: a request with %j is seen, %j', (key, labels, sees) => {
    const verdict = aVerdict('9', { scope: { [key]: 'sh*' } })
    expect(ratio([verdict], { sessionId: null, labels })).toBe(sees ? 0.9 : null)
  })

  it('of a session is seen from that session only', () => {
    const verdict = aVerdict('9', { kind: 'per_session', sessionId: 's1' })
    expect(ratio([verdict], { sessionId: 's1', labels: {} })).toBe(0.9)
    expect(ratio([verdict], { sessionId: 's2', labels: {} })).toBeNull()
    expect(ratio([verdict])).toBeNull()
  })

  it.each([
    ['4.99999999', false],
    ['5', true],
    ['5.00000001', true],
  ])('of $%s has reached half of $10: %j', (spent, reached) => {
    const pressure = pressureOf([aVerdict(spent)], ['daily'], ANYBODY)
    expect(pressure !== null && hasReached(pressure, share('0.5'))).toBe(reached)
  })
})
