import { Fold } from '../core/fold.ts'
import type { UsageRecord } from '../core/record.ts'
import type { LedgerPort } from '../system/ledger.ts'
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
  let collected = new Collected(isWanted)
  const makeFold: MakeFold = (lineAt) => {
    collected = new Collected(isWanted)
    return foldFor(collected, lineAt, until)
  }
  const reader = ledger.reader(directory, makeFold)
  try {
    const { fold } = reader.look()
    return collected
      .mergedBy(fold)
      .toSorted((a, b) => (a.timestamp ?? Infinity) - (b.timestamp ?? Infinity) || 0)
  } finally {
    reader.close()
  }
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

  mergedBy(fold: Fold): readonly UsageRecord[] {
    const named = [...this.#ids].flatMap((id) => fold.recordOf(id) ?? [])
    return [...named.filter((record) => this.#isWanted(record)), ...this.#nameless]
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
  })
}
