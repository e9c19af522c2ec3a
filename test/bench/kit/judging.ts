import { judgeQuality } from '../../../src/core/judge-quality.ts'
import { END, exampleAccounts, folded, tenThousandLines } from './functions.ts'

/** What stands between ten thousand folded lines and the verdicts on them. */
export function judging() {
  const accounts = exampleAccounts()
  const { calendar, settings } = accounts
  const { budgets, onUnpriced } = settings
  const bytes = Buffer.from(tenThousandLines().join('\n'))
  const { rollup, findings } = folded(bytes, accounts)
  const quality = judgeQuality(rollup, findings, calendar, END, [])
  return { rollup, onUnpriced, input: { asOf: END, calendar, budgets, quality } }
}
