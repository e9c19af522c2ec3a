import { type LineObject, decodeObject } from './line-reader.ts'
import { type Merged, merge, mergedFrom } from './merge.ts'
import { LedgerChanged } from './ledger-changed.ts'
import { objectEnd } from './objects.ts'
import type { UsageRecord } from './record.ts'
import type { RecordScanner } from './record-scanner.ts'

/** Ids whose merged state is kept; their lines mostly stand close together. */
const REMEMBERED = 256

/** Reads lines again that were read before, because all that is kept of them is where they are. */
export class EarlierLines {
  readonly #lineAt: (location: number) => Uint8Array
  readonly #locationsOf: (entry: number) => readonly number[]
  readonly #makeScanner: (() => RecordScanner) | null
  /** Made for the first of them: many a ledger repeats nothing. */
  #scanner: RecordScanner | null = null
  readonly #latest = new Map<number, Merged>()

  /** `lineAt` as in `FoldOptions`; `locationsOf` names the lines of an entry of the identities. */
  constructor(
    lineAt: (location: number) => Uint8Array,
    locationsOf: (entry: number) => readonly number[],
    makeScanner: (() => RecordScanner) | null,
  ) {
    this.#lineAt = lineAt
    this.#makeScanner = makeScanner
    this.#locationsOf = locationsOf
  }

  /** Whether the line at a location is this record: the same id, or the same bytes where there is none. */
  isSame(location: number, { id }: UsageRecord, { bytes, start, end }: LineObject): boolean {
    const earlier = this.#lineAt(location)
    if (id !== '') return this.#recordIn(earlier).id === id
    if (earlier.length < end - start) return false
    for (let i = start; i < end; i++) if (earlier[i - start] !== bytes[i]) return false
    return true
  }

  /** What all lines of an entry say together. */
  merged(entry: number): Merged {
    const known = this.#latest.get(entry)
    if (known !== undefined) return known
    return this.#locationsOf(entry)
      .map((location) => this.#read(location))
      .reduce(merge)
  }

  /** Keeps the latest merged states: an id with a thousand lines would else be read a million times over. */
  remember(entry: number, { record, label }: Merged): void {
    this.#latest.delete(entry)
    this.#latest.set(entry, { record, label: { ...label, line: new Uint8Array(label.line) } })
    if (this.#latest.size <= REMEMBERED) return
    const [oldest] = this.#latest.keys()
    if (oldest !== undefined) this.#latest.delete(oldest)
  }

  #read(location: number): Merged {
    const bytes = this.#lineAt(location)
    const line = new Uint8Array(bytes.subarray(0, objectEnd(bytes, 0, bytes.length)))
    return mergedFrom({ ...this.#recordIn(line) }, line)
  }

  /** The record whose object begins the bytes: it decoded before, so it decodes again. */
  #recordIn(bytes: Uint8Array): UsageRecord {
    this.#scanner ??= this.#makeScanner?.() ?? null
    if (this.#scanner?.scan(bytes, 0, bytes.length) === true) {
      this.#scanner.batch.read(0)
      return this.#scanner.batch.record
    }
    const decoded = decodeObject(bytes, 0, objectEnd(bytes, 0, bytes.length))
    if (decoded?.kind !== 'record') throw new LedgerChanged()
    return decoded.record
  }
}
