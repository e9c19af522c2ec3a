import type { Budget, UnpricedRule } from './budget.ts'
import type { Judgement } from './judgement.ts'
import { withRaises } from './override.ts'
import type { Snapshot } from './snapshot.ts'
import { evaluate } from './verdict.ts'

/** What of the settings a judgement stands on, besides what the snapshot was made with. */
export interface JudgingRules {
  readonly budgets: readonly Budget[]
  readonly builtInLimits: boolean
  readonly onUnpriced: UnpricedRule
}

/** Judges every budget on a snapshot, on the limits that hold under the overrides. */
export function judgeSnapshot(
  snapshot: Snapshot,
  { budgets, builtInLimits, onUnpriced }: JudgingRules,
  about: Pick<Judgement, 'overrides' | 'settingsFiles' | 'ledgerPath' | 'hasLedger' | 'allRecords'>,
): Judgement {
  const limits = withRaises(budgets, about.overrides.raises)
  return { ...about, snapshot, builtInLimits, verdicts: evaluate(limits, snapshot, onUnpriced) }
}
