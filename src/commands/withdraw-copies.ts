import { type Counted, adjusted, withdrawalOf } from '../core/adjustment.ts'
import { costOf } from '../core/cost.ts'
import { type Money, NO_MONEY } from '../core/money.ts'
import type { UsageRecord } from '../core/record.ts'
import { ulid } from '../core/ulid.ts'
import type { CopiedSession } from '../sources/told-sessions.ts'
import type { Clock } from '../system/clock.ts'
import type { LedgerPort } from '../system/ledger.ts'
import type { Accounts } from './accounts.ts'
import { collectRecords } from './collect-records.ts'

/** A printed record that is to count no more. */
export interface Withdrawal {
  /** Whose it is. */
  readonly copy: CopiedSession
  /** What it counted for until now. */
  readonly cost: Money
  readonly adjustments: readonly UsageRecord[]
}

/**
 * Works out the adjustments that take out of a ledger what was printed of some sessions; `since` leaves older records
 * as they are. Reads the whole ledger. Throws `Unreadable`.
 */
export function withdrawalsOf(
  sessions: readonly CopiedSession[],
  since: number | null,
  directory: string,
  accounts: Accounts,
  { ledger, clock }: { readonly ledger: LedgerPort; readonly clock: Clock },
): readonly Withdrawal[] {
  const copyOf = ({ id, sessionId }: UsageRecord): CopiedSession | undefined =>
    sessions.find((one) => one.sessionId === sessionId && id.startsWith(`${one.source}:`))
  const isCorrection = ({ adjustment, corrects }: UsageRecord): boolean =>
    adjustment && sessions.some(({ source }) => corrects.startsWith(`${source}:`))
  const found = collectRecords(
    ledger,
    directory,
    null,
    (record) => isCorrection(record) || (!record.adjustment && copyOf(record) !== undefined),
  )
  const { prices, settings } = accounts
  const counted = (record: UsageRecord): Counted => ({
    record,
    cost: costOf(record, prices, settings.costMode),
  })
  return found.flatMap((record): Withdrawal[] => {
    const isOlder = since !== null && record.timestamp !== null && record.timestamp < since
    const copy = record.adjustment || isOlder ? undefined : copyOf(record)
    if (copy === undefined) return []
    const corrections = found.filter(({ adjustment, corrects }) => adjustment && corrects === record.id)
    const parts = [counted(record), ...corrections.map(counted)] as const
    const adjustments = withdrawalOf(parts).map((adjustment) => ({
      ...adjustment,
      id: ulid(clock.now(), clock.random(16)),
      corrects: record.id,
    }))
    if (adjustments.length === 0) return []
    return [{ copy, cost: adjusted(parts).cost ?? NO_MONEY, adjustments }]
  })
}
