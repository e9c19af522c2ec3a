import { Fold } from '../core/fold.ts'
import type { UsageRecord } from '../core/record.ts'
import type { LedgerPort } from '../system/ledger.ts'
import type { MakeFold } from '../system/ledger-reader.ts'
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
  let adjustments = new Adjustments(id)
  const makeFold: MakeFold = (lineAt) => {
    adjustments = new Adjustments(id)
    return foldFor(adjustments, lineAt)
  }
  const reader = ledger.reader(directory, makeFold)
  try {
    const { fold } = reader.look()
    const record = fold.recordOf(id)
    if (record === null) {
      throw new UsageError(
        `there is no record "${id}" in ${directory}, nothing was saved: look the id up in sessions.jsonl`,
      )
    }
    if (record.adjustment) {
      throw new UsageError(`"${id}" is a correction itself, nothing was saved: correct "${record.corrects}"`)
    }
    return { record, adjustments: adjustments.mergedBy(fold) }
  } finally {
    reader.close()
  }
}

/** The adjustments of one record, as a fold comes across them. */
class Adjustments {
  readonly #corrects: string
  readonly #ids = new Set<string>()
  readonly #nameless: UsageRecord[] = []

  constructor(corrects: string) {
    this.#corrects = corrects
  }

  note(record: UsageRecord): void {
    if (!this.#isMeant(record)) return
    if (record.id === '') this.#nameless.push({ ...record })
    else this.#ids.add(record.id)
  }

  mergedBy(fold: Fold): readonly UsageRecord[] {
    const named = [...this.#ids].flatMap((id) => fold.recordOf(id) ?? [])
    return [...named.filter((record) => this.#isMeant(record)), ...this.#nameless]
  }

  #isMeant({ adjustment, corrects }: UsageRecord): boolean {
    return adjustment && corrects === this.#corrects
  }
}

/** A fold for its identities only: it asks for the cost of each record that it counts, once for each repetition. */
function foldFor(adjustments: Adjustments, lineAt: (location: number) => Uint8Array): Fold {
  return new Fold({
    dayOf: () => 0,
    detailFrom: Infinity,
    sessionBudgets: [],
    costOf: (record) => {
      adjustments.note(record)
      return null
    },
    lineAt,
    until: null,
    asOf: Infinity,
  })
}
