import type { LoggedEntry } from './alert-log.ts'
import type { CreditsLeft } from './credit.ts'
import type { Forecast } from './forecast.ts'
import type { Money } from './money.ts'
import type { ActiveOverrides } from './override.ts'
import type { PlanUse } from './plan.ts'
import type { Snapshot, Spend } from './snapshot.ts'
import type { Verdict } from './verdict.ts'

/** What one model took of the current day. */
export interface ModelSpend {
  readonly model: string
  readonly spend: Spend
}

/** What one civil day cost. */
export interface DaySpend {
  /** Epoch milliseconds at which the day began. */
  readonly start: number
  readonly usd: Money
}

/** Everything the pane and `status` show: one set of data, two printers, so they cannot disagree. */
export interface Dashboard {
  readonly snapshot: Snapshot
  /** In the order of the settings. */
  readonly verdicts: readonly Verdict[]
  /** By the id of each budget with a period. */
  readonly forecasts: ReadonlyMap<string, Forecast>
  /** The alert that was raised last, whoever raised it; null when nobody knows of one. */
  readonly latestAlert: LoggedEntry | null
  /** What holds besides the settings. */
  readonly overrides: ActiveOverrides
  /** The nearest project's name, or null outside of one. */
  readonly project: string | null
  /** Today's spend by model, most first. */
  readonly models: readonly ModelSpend[]
  /** The last thirty days, oldest first, today included. */
  readonly days: readonly DaySpend[]
  /** What the current month has cost so far. */
  readonly month: Spend
  /** What the plan's fee is good for this month; null where no plan is known. */
  readonly plan: PlanUse | null
  /** What is left of prepaid credits; null while no balance is on record. */
  readonly credits: CreditsLeft | null
  /** True when no settings file exists and the built-in limits hold: every output says so. */
  readonly builtInLimits: boolean
  /** Where the ledger is, or would be. */
  readonly ledgerPath: string
  /** False while there is no ledger file yet. */
  readonly hasLedger: boolean
}
