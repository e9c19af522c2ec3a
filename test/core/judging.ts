import type { Budget, UnpricedRule } from '../../src/core/budget.ts'
import { type Calendar, createCalendar } from '../../src/core/calendar.ts'
import type { Fold } from '../../src/core/fold.ts'
import { judgeQuality } from '../../src/core/judge-quality.ts'
import type { Quality } from '../../src/core/quality.ts'
import type { Snapshot } from '../../src/core/snapshot.ts'
import { takeSnapshot } from '../../src/core/take-snapshot.ts'
import { type Verdict, evaluate } from '../../src/core/verdict.ts'
import { foldLines, instant } from '../kit/fold-lines.ts'

export interface Situation {
  readonly lines: readonly string[]
  readonly budgets?: readonly Budget[]
  readonly at?: string
  readonly calendar?: Calendar
  readonly onUnpriced?: UnpricedRule
}

export interface Judged {
  readonly fold: Fold
  readonly snapshot: Snapshot
  readonly quality: Quality
  readonly verdicts: readonly Verdict[]
}

/** The whole way from lines to verdicts, as the commands go it. */
export function judged({
  lines,
  budgets = [],
  at = '2025-12-15T14:30:00Z',
  calendar = createCalendar('UTC'),
  onUnpriced = 'warn',
}: Situation): Judged {
  const asOf = instant(at)
  const fold = foldLines(lines, { asOf, calendar, budgets })
  const quality = judgeQuality(fold.rollup, fold.findings, calendar, asOf, [])
  const snapshot = takeSnapshot(fold.rollup, { asOf, calendar, budgets, quality })
  return { fold, snapshot, quality, verdicts: evaluate(budgets, snapshot, onUnpriced) }
}

/** The verdicts in short: `daily 8.1 warning`, `per_session s1 ≥3 critical over`. */
export function shortly({ verdicts }: Judged, text: (amount: bigint) => string): string[] {
  return verdicts.map(({ budget, sessionId, spent, lowerBound, level, exceeded }) =>
    [budget.id, sessionId, `${lowerBound ? '≥' : ''}${text(spent)}`, level, exceeded ? 'over' : null]
      .filter((part) => part !== null)
      .join(' '),
  )
}
