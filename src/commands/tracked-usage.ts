import { breakdownOf } from '../core/cost-breakdown.ts'
import type { ExplainedRecord } from '../core/cost-summary.ts'
import { UNKNOWN, type UsageRecord } from '../core/record.ts'
import type { TrackedSession } from '../core/tracked-session.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { collectRecords } from './collect-records.ts'
import type { Call, JudgingSystem } from './desk.ts'

/** What tracking a session takes. */
export type TrackingSystem = JudgingSystem & Pick<System, 'git' | 'reports' | 'terminal' | 'tracked'>

/** What was used while a session ran. */
export interface TrackedUsage {
  /** What was logged in it. */
  readonly logged: readonly ExplainedRecord[]
  /** What agents used in its project meanwhile. */
  readonly meanwhile: readonly ExplainedRecord[]
}

/** Reads the ledger for what was used in a session until `end` (epoch milliseconds). Throws `Unreadable`. */
export function usedIn(
  session: TrackedSession,
  end: number,
  accounts: Accounts,
  { place, until }: Call,
  { ledger }: Pick<System, 'ledger'>,
): TrackedUsage {
  const isLogged = ({ sessionId }: UsageRecord): boolean => sessionId === session.id
  const isMeanwhile = ({ project, timestamp }: UsageRecord): boolean =>
    project === session.project &&
    project !== UNKNOWN &&
    timestamp !== null &&
    timestamp >= session.startedAt &&
    timestamp <= end
  const records = collectRecords(
    ledger,
    place.directory,
    until,
    (record) => isLogged(record) || isMeanwhile(record),
  )
  const explained = explainedBy(records, accounts)
  return {
    logged: explained.filter(({ record }) => isLogged(record)),
    meanwhile: explained.filter(({ record }) => !isLogged(record)),
  }
}

/** Records with how their costs come about. */
export function explainedBy(
  records: readonly UsageRecord[],
  { prices, settings }: Accounts,
): readonly ExplainedRecord[] {
  return records.map((record) => ({ record, breakdown: breakdownOf(record, prices, settings.costMode) }))
}
