import type { UsageRecord } from '../core/record.ts'
import type { OpenLedger } from '../system/ledger.ts'
import { UsageError } from './command.ts'

/** The record that an id stands for, all its lines merged. Throws `UsageError` when there is none. */
export function findRecord(reader: OpenLedger, id: string): UsageRecord {
  reader.look()
  const record = reader.fold.recordOf(id)
  if (record === null) {
    throw new UsageError(
      `there is no record "${id}" in ${reader.directory}, nothing was saved: look the id up in sessions.jsonl`,
    )
  }
  return record
}
