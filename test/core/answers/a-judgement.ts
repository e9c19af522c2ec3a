import type { Judgement } from '../../../src/core/judgement.ts'
import { NO_OVERRIDES } from '../../../src/core/override.ts'
import { type Situation, judged } from '../judging.ts'

/** What a command hands to an answer, from lines. */
export function aJudgement(situation: Situation, rest: Partial<Judgement> = {}): Judgement {
  const { fold, snapshot, verdicts } = judged(situation)
  const { cells } = fold.rollup
  return {
    snapshot,
    verdicts,
    overrides: NO_OVERRIDES,
    settingsFiles: ['/home/u/shop/.ai-config/cost-limits.yaml'],
    builtInLimits: false,
    ledgerPath: '/home/u/shop/.ai-costs/sessions.jsonl',
    hasLedger: true,
    allRecords: cells.records.reduce((sum, records) => sum + records, 0),
    ...rest,
  }
}
