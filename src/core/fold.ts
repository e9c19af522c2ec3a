import type { Amount } from './columns.ts'
import { Batch } from './batch.ts'
import { Findings, type LineProblem } from './findings.ts'
import { hashText, mix } from './hash-index.ts'
import { Identities } from './identities.ts'
import { type Cursor, type LineObject, LineReader, type LineSink, decodeObject } from './line-reader.ts'
import { type Merged, merge, mergedFrom } from './merge.ts'
import { objectEnd } from './objects.ts'
import { type UsageRecord, UNKNOWN, emptyRecord } from './record.ts'
import { RecordScanner } from './record-scanner.ts'
import { Rollup, type RollupOptions } from './rollup.ts'

/** Records this far ahead of the clock are worth a word. */
export const AHEAD_MS = 5 * 60_000

/** Ids whose merged state is kept; their lines mostly stand close together. */
const REMEMBERED = 256

export interface FoldOptions extends RollupOptions {
  /** Null when the record cannot be priced. `recorded` is the cost that it names itself, NaN where no number holds it. */
  readonly costOf: (record: UsageRecord, recorded: number) => Amount | null
  /** The bytes of an earlier line, from its location on: enough of them to hold the whole object. */
  readonly lineAt: (location: number) => Uint8Array
  /** Records after this instant are left out; null counts them all. */
  readonly until: number | null
  /** The clock when reading begins, to notice records ahead of it. */
  readonly asOf: number
  /** See `LineReader`. */
  readonly coldBytes?: number | undefined
}

/**
 * The one way from bytes to totals, live and in batch: bytes → records → identity → cost → rollup. What it holds
 * does not depend on the order of the lines, their repetition, or how the bytes arrive.
 */
export class Fold implements LineSink {
  readonly rollup: Rollup
  readonly findings = new Findings()
  /** The clock as of the latest reading. */
  asOf: number

  readonly #options: FoldOptions
  readonly #reader: LineReader
  readonly #identities = new Identities((location) => this.#isAt(location))
  readonly #earlier = new RecordScanner(new Batch(1))
  readonly #latestMerged = new Map<number, Merged>()
  #record: UsageRecord = emptyRecord()
  /** The session of the line before, which the next line mostly shares. */
  #sessionId = ''
  #sessionHash = 0
  readonly #row = {
    bytes: new Uint8Array(0) as Uint8Array,
    start: 0,
    end: 0,
    location: 0,
    idHash: 0,
    amount: NaN,
  }
  #object: LineObject = { bytes: new Uint8Array(0), start: 0, end: 0, location: 0, idHash: 0, amount: NaN }

  constructor(options: FoldOptions) {
    this.#options = options
    this.asOf = options.asOf
    this.rollup = new Rollup(options)
    this.#reader = new LineReader(this, options.coldBytes)
  }

  /** Folds bytes that begin at the cursor: see `LineReader.feed`. Throws `LedgerChanged`. */
  feed(cursor: Cursor, bytes: Uint8Array, length: number, atEnd: boolean): void {
    this.#reader.feed(cursor, bytes, length, atEnd)
  }

  /** The record that an id stands for, all its lines merged; null when no line has it. */
  recordOf(id: string): UsageRecord | null {
    this.#record = { ...emptyRecord(), id }
    const entry = this.#identities.find(hashText(id))
    return entry < 0 ? null : this.#mergedIn(entry).record
  }

  batch(batch: Batch, base: number): void {
    const { size, bytes, starts, ends, record } = batch
    const object = this.#row
    object.bytes = bytes
    for (let row = 0; row < size; row++) {
      batch.read(row)
      object.start = starts[row]!
      object.end = ends[row]!
      object.idHash = batch.idHash
      object.amount = batch.amount
      object.location = base + starts[row]!
      this.record(record, object)
    }
  }

  record(record: UsageRecord, object: LineObject): void {
    if (this.#isLater(record)) return
    this.#record = record
    this.#object = object
    const hasId = object.idHash !== 0
    if (!hasId && record.sessionId === UNKNOWN) {
      this.findings.anonymous++
      this.#enter(record)
      return
    }
    const hash = hasId ? object.idHash : this.#hashOfLine(record)
    const entry = this.#identities.find(hash)
    if (entry < 0) {
      this.#identities.add(hash, object.location)
      this.#enter(record)
    } else if (hasId) {
      this.rollup.touch(record)
      this.#mergeInto(entry)
    }
  }

  rejected(record: UsageRecord, problem: LineProblem): void {
    if (this.#isLater(record)) return
    this.findings.reject(problem)
    this.rollup.reject(record)
  }

  bad(problem: LineProblem): void {
    this.findings.bad(problem)
  }

  /** Another line of a known id: replaces what that id counted so far when it adds anything. */
  #mergeInto(entry: number): void {
    const { bytes, start, end, location } = this.#object
    const before = this.#mergedIn(entry)
    const after = merge(before, mergedFrom(this.#record, bytes.subarray(start, end)))
    if (after === before) return
    this.#identities.extend(entry, location)
    this.#remember(entry, after)
    this.#count(before.record, -1)
    this.#count(after.record, 1)
  }

  /** Keeps the latest merged states: an id with a thousand lines would else be read a million times over. */
  #remember(entry: number, { record, label }: Merged): void {
    this.#latestMerged.delete(entry)
    this.#latestMerged.set(entry, { record, label: { ...label, line: new Uint8Array(label.line) } })
    if (this.#latestMerged.size <= REMEMBERED) return
    const [oldest] = this.#latestMerged.keys()
    if (oldest !== undefined) this.#latestMerged.delete(oldest)
  }

  #enter(record: UsageRecord): void {
    this.rollup.enter(record, this.#options.costOf(record, this.#object.amount))
    this.#noteInstant(record, 1)
  }

  #mergedIn(entry: number): Merged {
    const known = this.#latestMerged.get(entry)
    if (known !== undefined) return known
    return this.#identities
      .locations(entry)
      .map((location) => this.#read(location))
      .reduce(merge)
  }

  #count(record: UsageRecord, sign: 1 | -1): void {
    this.rollup.add(record, this.#options.costOf(record, NaN), sign)
    this.#noteInstant(record, sign)
  }

  #noteInstant({ timestamp }: UsageRecord, sign: 1 | -1): void {
    if (timestamp === null) this.findings.undated += sign
    else if (timestamp > this.asOf + AHEAD_MS) this.#countAhead(timestamp, sign)
  }

  #countAhead(timestamp: number, sign: 1 | -1): void {
    const { ahead } = this.findings
    const known = sign === 1 ? -1 : ahead.indexOf(timestamp)
    if (sign === 1) ahead.push(timestamp)
    else if (known >= 0) ahead.splice(known, 1)
  }

  /** Identity of a line without id: equal bytes give equal hashes, and `#isAt` compares the bytes. */
  #hashOfLine(record: UsageRecord): number {
    if (record.sessionId !== this.#sessionId) {
      this.#sessionId = record.sessionId
      this.#sessionHash = hashText(record.sessionId)
    }
    let hash = mix(this.#sessionHash, record.timestamp ?? -1)
    hash = mix(hash, record.inputTokens)
    hash = mix(hash, record.outputTokens)
    return mix(hash, record.cacheReadTokens + 7 * record.cacheWriteTokens)
  }

  #isLater(record: UsageRecord): boolean {
    const { until } = this.#options
    return until !== null && record.timestamp !== null && record.timestamp > until
  }

  /** Whether the line at a location is the record at hand: the same id, or the same bytes where there is none. */
  #isAt(location: number): boolean {
    const earlier = this.#options.lineAt(location)
    if (this.#record.id !== '') return this.#recordAt(earlier).id === this.#record.id
    const { bytes, start, end } = this.#object
    if (earlier.length < end - start) return false
    for (let i = start; i < end; i++) if (earlier[i - start] !== bytes[i]) return false
    return true
  }

  #read(location: number): Merged {
    const bytes = this.#options.lineAt(location)
    return mergedFrom({ ...this.#recordAt(bytes) }, bytes.slice(0, objectEnd(bytes, 0, bytes.length)))
  }

  /** The record whose object begins the bytes: it decoded before, so it decodes again. */
  #recordAt(bytes: Uint8Array): UsageRecord {
    if (this.#earlier.scan(bytes, 0, bytes.length)) {
      this.#earlier.batch.read(0)
      return this.#earlier.batch.record
    }
    const decoded = decodeObject(bytes, 0, objectEnd(bytes, 0, bytes.length))
    if (decoded?.kind !== 'record') throw new LedgerChanged()
    return decoded.record
  }
}

/** A line that was read before is no longer there: someone rewrote the ledger, and all of it must be read anew. */
export class LedgerChanged extends Error {
  override readonly name = 'LedgerChanged'
}
