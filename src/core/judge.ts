import type { Budget, UnpricedRule } from './budget.ts'
import type { Days } from './day-table.ts'
import type { Fold } from './fold.ts'
import { judgeQuality } from './judge-quality.ts'
import type { Judgement } from './judgement.ts'
import { takeSnapshot } from './take-snapshot.ts'
import { evaluate } from './verdict.ts'

/** What of the settings a judgement stands on, besides what the fold was made with. */
export interface JudgingRules {
  readonly budgets: readonly Budget[]
  readonly builtInLimits: boolean
  readonly onUnpriced: UnpricedRule
}

export interface JudgeInput {
  readonly fold: Fold
  readonly rules: JudgingRules
  readonly calendar: Days
  /** Epoch milliseconds. */
  readonly asOf: number
  /** What there is to say about settings and ledger, as sentences. */
  readonly notes: readonly string[]
  readonly settingsFiles: readonly string[]
  readonly ledgerPath: string
  readonly hasLedger: boolean
}

/** Judges every budget on what a fold holds, as of an instant. */
export function judge({
  fold,
  rules,
  calendar,
  asOf,
  notes,
  settingsFiles,
  ...ledger
}: JudgeInput): Judgement {
  const { rollup, findings } = fold
  const { budgets, builtInLimits, onUnpriced } = rules
  const quality = judgeQuality(rollup, findings, calendar, asOf, notes)
  const snapshot = takeSnapshot(rollup, { asOf, calendar, budgets, quality })
  return {
    snapshot,
    verdicts: evaluate(budgets, snapshot, onUnpriced),
    settingsFiles,
    builtInLimits,
    ...ledger,
    allRecords: rollup.cells.records.reduce((sum, records) => sum + records, 0),
  }
}
