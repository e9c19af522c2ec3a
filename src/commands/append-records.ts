import { recordText } from '../core/record-text.ts'
import type { UsageRecord } from '../core/record.ts'
import type { Durability } from '../settings/settings.ts'
import type { LedgerPort } from '../system/ledger.ts'

/** One write holds so much: whole records, undivided. */
const BATCH_BYTES = 64 << 10

/** Appends any number of records to a ledger, many in a write. Throws `NotSaved`; what was saved until then stays. */
export function appendRecords(
  records: Iterable<UsageRecord>,
  place: { readonly directory: string; readonly path: string },
  durability: Durability,
  ledger: LedgerPort,
): void {
  let batch: string[] = []
  let bytes = 0
  const write = (): void => {
    if (batch.length === 0) return
    ledger.createDirectory(place.directory)
    ledger.append(place.path, batch.join('\n'), durability)
    batch = []
    bytes = 0
  }
  for (const record of records) {
    const line = recordText(record)
    // Text of other scripts takes up to three bytes a unit.
    if (bytes + 3 * line.length > BATCH_BYTES) write()
    batch.push(line)
    bytes += 3 * line.length
  }
  write()
}
