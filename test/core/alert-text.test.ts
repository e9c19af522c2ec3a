import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { crossingsOf } from '../../src/core/alert.ts'
import { alertText } from '../../src/core/alert-text.ts'
import type { Budget } from '../../src/core/budget.ts'
import { aBudget, share } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { judged } from './judging.ts'

function textsOf(lines: readonly string[], budget: Budget): readonly string[] {
  return crossingsOf(judged({ lines, budgets: [budget] }).verdicts, [share('0.5')]).map(alertText)
}

const spend = (cost: number, more = {}): string => usage({ session_id: 's1', cost_usd: cost, ...more })

describe('an alert says', () => {
  test.each<[text: string, cost: number, budget: Budget]>([
    ['Budget daily has reached 50%: $5.20 of $10.00 (52%)', 5.2, aBudget('daily', '10')],
    ['Budget daily has reached its warning threshold: $8.10 of $10.00 (81%)', 8.1, aBudget('daily', '10')],
    ['Budget daily is critical: $9.99 of $10.00 (99%)', 9.99, aBudget('daily', '10')],
    ['Budget daily is over its limit: $10.40 of $10.00 (104%)', 10.4, aBudget('daily', '10')],
    ['Budget daily is over its limit: $0.30 of $0.00', 0.3, aBudget('daily', '0')],
    ['Session s1 (budget per_session) is critical: $1.95 of $2.00 (97%)', 1.95, aBudget('per_session', '2')],
  ])('%s', (text, cost, budget) => {
    expect(textsOf([spend(cost)], budget)).toEqual([text])
  })

  it('that the truth is no less where some of it could not be priced', () => {
    const lines = [spend(8), usage({ session_id: 's2', model: 'acme-1' })]
    expect(textsOf(lines, aBudget('daily', '10'))).toEqual([
      'Budget daily has reached its warning threshold: at least $8.00 of $10.00 (80%)',
    ])
  })
})

it('is one line of harmless text that begins with a letter, whatever budgets and sessions are called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (name, isSession) => {
      const budget = { ...aBudget(isSession ? 'per_session' : 'daily', '1'), id: name }
      const lines = [usage({ session_id: `--help${name}`, cost_usd: 2 })]
      for (const text of textsOf(lines, budget)) {
        expect(text).toMatch(/^(Budget|Session) [^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)
        expect(text.length).toBeLessThan(256)
      }
    }),
    { numRuns: 60 },
  )
})
