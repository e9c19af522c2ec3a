import { type DayInput, type DaySums, sumDay } from './day-sums.ts'
import type { Days } from './day-table.ts'
import type { Fold } from './fold.ts'
import { judgeQuality } from './judge-quality.ts'
import { type JudgingRules, judgeSnapshot } from './judge-snapshot.ts'
import type { Judgement } from './judgement.ts'
import type { ActiveOverrides } from './override.ts'
import { takeSnapshot } from './take-snapshot.ts'

export interface JudgeInput {
  readonly fold: Fold
  readonly rules: JudgingRules
  readonly calendar: Days
  /** Epoch milliseconds. */
  readonly asOf: number
  /** What there is to say about settings and ledger, as sentences. */
  readonly notes: readonly string[]
  readonly overrides: ActiveOverrides
  readonly settingsFiles: readonly string[]
  readonly ledgerPath: string
  readonly hasLedger: boolean
}

/** Judges every budget on what a fold holds, as of an instant; `sums` are those of that day, if they are known. */
export function judge(input: JudgeInput, sums: DaySums = sumDay(input.fold.rollup, dayOf(input))): Judgement {
  const { fold, rules, calendar, asOf, notes, ...about } = input
  const { rollup, findings } = fold
  const quality = judgeQuality(rollup, findings, calendar, asOf, notes)
  const snapshot = takeSnapshot(rollup, { ...dayOf(input), quality }, sums)
  return judgeSnapshot(snapshot, rules, { ...about, allRecords: sums.allRecords })
}

function dayOf({ asOf, calendar, rules }: JudgeInput): DayInput {
  return { asOf, calendar, budgets: rules.budgets }
}
