import { Fold } from '../core/fold.ts'
import { RecordScanner } from '../core/record-scanner.ts'
import type { UsageRecord } from '../core/record.ts'
import type { LedgerPort, OpenLedger } from '../system/ledger.ts'
import type { MakeFold } from '../system/ledger-reader.ts'

/**
 * Reads the whole ledger, as of an instant or not, for the records that are wanted, adjustments included, in the order
 * of their instants; all the lines of each are merged. Throws `Unreadable`.
 */
export function collectRecords(
  ledger: LedgerPort,
  directory: string,
  until: number | null,
  isWanted: (record: UsageRecord) => boolean,
): readonly UsageRecord[] {
  return takeRecords(ledger, directory, until, isWanted, (records) =>
    [...records].toSorted((a, b) => (a.timestamp ?? Infinity) - (b.timestamp ?? Infinity) || 0),
  )
}

/**
 * The same one by one and in no order, where there may be too many to hold: `take` has them while it runs. Throws
 * `Unreadable`.
 */
export function takeRecords<Taken>(
  ledger: LedgerPort,
  directory: string,
  until: number | null,
  isWanted: (record: UsageRecord) => boolean,
  take: (records: Iterable<UsageRecord>) => Taken,
): Taken {
  const { reader, records } = collecting(ledger, directory, until, isWanted)
  try {
    reader.look()
    return take(records())
  } finally {
    reader.close()
  }
}

/** A reader that has read nothing yet, and the records that are wanted of what it has read by then, in no order. */
export interface Collecting {
  readonly reader: OpenLedger
  readonly records: () => Iterable<UsageRecord>
}

/** The same for somebody who reads step by step, or goes on reading. */
export function collecting(
  ledger: LedgerPort,
  directory: string,
  until: number | null,
  isWanted: (record: UsageRecord) => boolean,
): Collecting {
  let collected = new Collected(isWanted)
  const makeFold: MakeFold = (lineAt) => {
    collected = new Collected(isWanted)
    return foldFor(collected, lineAt, until)
  }
  const reader = ledger.reader(directory, makeFold)
  return { reader, records: () => collected.mergedBy(reader.fold) }
}

/** What a fold comes across that is wanted: records by id, because later lines may say more of them. */
class Collected {
  readonly #isWanted: (record: UsageRecord) => boolean
  readonly #ids = new Set<string>()
  readonly #nameless: UsageRecord[] = []

  constructor(isWanted: (record: UsageRecord) => boolean) {
    this.#isWanted = isWanted
  }

  note(record: UsageRecord): void {
    if (!this.#isWanted(record)) return
    if (record.id === '') this.#nameless.push({ ...record })
    else this.#ids.add(record.id)
  }

  *mergedBy(fold: Fold): Generator<UsageRecord> {
    for (const id of this.#ids) {
      const record = fold.recordOf(id)
      if (record !== null && this.#isWanted(record)) yield record
    }
    yield* this.#nameless
  }
}

/** A fold for its identities only: it asks for the cost of each record that it counts, once for each repetition. */
function foldFor(collected: Collected, lineAt: (location: number) => Uint8Array, until: number | null): Fold {
  return new Fold({
    dayOf: () => 0,
    detailFrom: Infinity,
    sessionBudgets: [],
    costOf: (record) => {
      collected.note(record)
      return null
    },
    lineAt,
    until,
    asOf: Infinity,
    scanner: (rows) => new RecordScanner(rows),
  })
}
