import type { Budget, UnpricedRule } from './budget.ts'
import type { Judgement } from './judgement.ts'
import type { Snapshot } from './snapshot.ts'
import { evaluate } from './verdict.ts'

/** What of the settings a judgement stands on, besides what the snapshot was made with. */
export interface JudgingRules {
  readonly budgets: readonly Budget[]
  readonly builtInLimits: boolean
  readonly onUnpriced: UnpricedRule
}

/** Judges every budget on a snapshot. */
export function judgeSnapshot(
  snapshot: Snapshot,
  { budgets, builtInLimits, onUnpriced }: JudgingRules,
  about: Pick<Judgement, 'settingsFiles' | 'ledgerPath' | 'hasLedger' | 'allRecords'>,
): Judgement {
  return { ...about, snapshot, builtInLimits, verdicts: evaluate(budgets, snapshot, onUnpriced) }
}
