import type { ActiveOverrides } from './override.ts'
import type { Snapshot } from './snapshot.ts'
import type { Verdict } from './verdict.ts'

/** Something that keeps us from telling: broken settings, an unreadable ledger. */
export interface Trouble {
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  readonly message: string
  readonly fix: string
}

/** What an answer about budgets stands on. */
export interface Judgement {
  readonly snapshot: Snapshot
  /** On the limits that hold, raises included. */
  readonly verdicts: readonly Verdict[]
  /** What holds besides the settings. */
  readonly overrides: ActiveOverrides
  /** Settings files that were read, in their order; none when the built-in limits hold. */
  readonly settingsFiles: readonly string[]
  readonly builtInLimits: boolean
  readonly ledgerPath: string
  readonly hasLedger: boolean
  /** Records of all time. */
  readonly allRecords: number
}
