import type { Batch } from './batch.ts'
import type { LineObject, LineSink } from './line-reader.ts'
import { type UsageRecord, UNKNOWN } from './record.ts'

/** What a fold found when it read the lines for the first time. */
export interface FirstReading {
  /** Where the lines of a record are, the first of them first; empty behind the last record. Records are numbered as they come. */
  readonly linesOf: (entry: number) => readonly number[]
  /** What all of them say together. */
  readonly merged: (entry: number) => UsageRecord
  readonly isLeftOut: (record: UsageRecord) => boolean
}

/**
 * Goes through the lines of a ledger for the second time, and hands on each record that counts, once, in the order of
 * their first lines. The record is valid during the call only.
 */
export class CountedRecords implements LineSink {
  readonly #first: FirstReading
  readonly #take: (record: UsageRecord) => void
  /** The record whose first line comes next. */
  #entry = 0
  #lines: readonly number[]

  constructor(first: FirstReading, take: (record: UsageRecord) => void) {
    this.#first = first
    this.#take = take
    this.#lines = first.linesOf(0)
  }

  batch(batch: Batch, base: number): void {
    for (let row = 0; row < batch.size; row++) {
      batch.read(row)
      this.#read(batch.record, batch.idHash !== 0, base + batch.starts[row]!)
    }
  }

  record(record: UsageRecord, { idHash, location }: LineObject): void {
    this.#read(record, idHash !== 0, location)
  }

  rejected(): void {}

  bad(): void {}

  #read(record: UsageRecord, hasId: boolean, location: number): void {
    if (this.#first.isLeftOut(record)) return
    if (!hasId && record.sessionId === UNKNOWN) {
      this.#take(record)
      return
    }
    if (location !== this.#lines[0]) return
    this.#take(this.#lines.length === 1 ? record : this.#first.merged(this.#entry))
    this.#lines = this.#first.linesOf(++this.#entry)
  }
}
