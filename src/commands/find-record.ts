import type { UsageRecord } from '../core/record.ts'
import type { LedgerPort } from '../system/ledger.ts'
import { takeRecords } from './collect-records.ts'
import { UsageError } from './command.ts'

/** A record and everything that adjusts it, all the lines of each merged. */
export interface FoundRecord {
  readonly record: UsageRecord
  readonly adjustments: readonly UsageRecord[]
}

/**
 * Reads the whole ledger for the record that an id stands for; the clock has no say in it. Throws `UsageError` when
 * there is none or it is an adjustment, and `Unreadable`.
 */
export function findRecord(ledger: LedgerPort, directory: string, id: string): FoundRecord {
  const isMeant = (one: UsageRecord): boolean => one.id === id && id !== ''
  const adjusts = (one: UsageRecord): boolean => one.adjustment && one.corrects === id
  const found = takeRecords(
    ledger,
    directory,
    null,
    (one) => isMeant(one) || adjusts(one),
    (all) => [...all],
  )
  const record = found.find(isMeant)
  if (record === undefined) {
    throw new UsageError(
      `there is no record "${id}" in ${directory}, nothing was saved: look the id up in sessions.jsonl`,
    )
  }
  if (record.adjustment) {
    throw new UsageError(`"${id}" is a correction itself, nothing was saved: correct "${record.corrects}"`)
  }
  return { record, adjustments: found.filter(adjusts) }
}
