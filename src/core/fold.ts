import type { Amount } from './columns.ts'
import type { Batch } from './batch.ts'
import { CountedRecords, type FirstReading } from './counted-records.ts'
import { EarlierLines } from './earlier-lines.ts'
import { AHEAD_MS, type FindingParts, Findings, type LineProblem } from './findings.ts'
import { hashText } from './hash-index.ts'
import type { IdentifiedLines } from './id-index.ts'
import { Identities } from './identities.ts'
import type { IdentityParts } from './identity-table.ts'
import type { KnownLedger } from './known-ledger.ts'
import { hashOfLine } from './line-hash.ts'
import { type Cursor, type LineObject, LineReader, type LineSink, noObject } from './line-reader.ts'
import { merge, mergedFrom } from './merge.ts'
import { type UsageRecord, UNKNOWN, emptyRecord } from './record.ts'
import type { RecordScanner } from './record-scanner.ts'
import { Rollup, type RollupOptions, type RollupParts } from './rollup.ts'

/** Records of a session, at the least that is usual. What is expected too much is only address space. */
const SHORT_SESSION = 6

/** From so many records on, the time that V8 takes to compile the scanner does not matter. */
const MANY = 20_000

export interface FoldOptions extends RollupOptions {
  /** Null when the record cannot be priced. `recorded` is the cost that it names itself, NaN where no number holds it. */
  readonly costOf: (record: UsageRecord, recorded: number) => Amount | null
  /** The bytes of an earlier line, from its location on: enough to hold the whole object, valid until the next call. */
  readonly lineAt: (location: number) => Uint8Array
  /** Records after this instant are left out; null counts them all. */
  readonly until: number | null
  /** The clock when reading begins, to notice records ahead of it. */
  readonly asOf: number
  /** What was read before this fold was restored. */
  readonly known?: KnownLedger | undefined
  /** Makes what reads plain lines, in batches of so many; without it JSON.parse reads them all, and not as fast. */
  readonly scanner?: ((rows?: number) => RecordScanner) | undefined
  /** See `LineReader`. */
  readonly coldBytes?: number | undefined
}

/** What a fold holds, as plain data that another thread can be handed. */
export interface FoldParts {
  readonly rollup: RollupParts
  readonly findings: FindingParts
  readonly identities: IdentityParts
}

/**
 * The one way from bytes to totals, live and in batch: bytes → records → identity → cost → rollup. What it holds
 * does not depend on the order of the lines, their repetition, or how the bytes arrive.
 */
export class Fold implements LineSink {
  readonly rollup: Rollup
  readonly findings = new Findings()
  readonly #options: FoldOptions
  readonly #reader: LineReader
  readonly #identities: Identities
  readonly #earlier: EarlierLines
  #record: UsageRecord = emptyRecord()
  /** The session of the line before, which the next line mostly shares. */
  #sessionId = ''
  #sessionHash = 0
  readonly #row = noObject()
  #asOf = NaN
  #object: LineObject = this.#row

  constructor(options: FoldOptions) {
    this.#options = options
    this.rollup = new Rollup({ ...options, knownSession: options.known?.session })
    this.asOf = options.asOf
    this.#identities = new Identities(
      (location) => this.#earlier.isSame(location, this.#record, this.#object),
      options.known?.lines,
    )
    const { lineAt, scanner, coldBytes } = options
    const locationsOf = (entry: number): readonly number[] => this.#identities.locations(entry)
    this.#earlier = new EarlierLines(lineAt, locationsOf, scanner === undefined ? null : () => scanner(1))
    this.#reader = new LineReader(this, scanner?.() ?? null, coldBytes)
  }

  /** The clock as of the latest reading. */
  get asOf(): number {
    return this.#asOf
  }

  set asOf(clock: number) {
    this.#asOf = clock
    this.rollup.minutes.follow(clock)
  }

  /** Folds bytes that begin at the cursor: see `LineReader.feed`. Throws `LedgerChanged`. */
  feed(cursor: Cursor, bytes: Uint8Array, length: number, atEnd: boolean): void {
    this.#reader.feed(cursor, bytes, length, atEnd)
  }

  /** The record that an id stands for, all its lines merged; null when no line has it. */
  recordOf(id: string): UsageRecord | null {
    this.#record = { ...emptyRecord(), id }
    const entry = this.#identities.find(hashText(id))
    return entry < 0 ? null : this.#earlier.merged(entry).record
  }

  /**
   * Reads the same lines once more from their beginning, and hands on each record that counts, once, all its lines
   * merged: valid during the call. Not for a fold that has absorbed another, or goes on with what was known.
   */
  secondReading(take: (record: UsageRecord) => void): LineReader {
    const first: FirstReading = {
      linesOf: (entry) => (entry < this.#identities.size ? this.#identities.locations(entry) : []),
      merged: (entry) => this.#earlier.merged(entry).record,
      isLeftOut: (record) => this.#isLater(record),
    }
    return new LineReader(new CountedRecords(first, take), this.#options.scanner?.() ?? null)
  }

  /**
   * Prepares for so many more records, and for so many others that will be absorbed: to make room step by step takes
   * longer, and most of that is the operating system finding memory.
   */
  expect(records: number, others = 0): void {
    this.#identities.expect(records)
    this.rollup.expect((records + others) / SHORT_SESSION)
    if (records >= MANY) this.#reader.scanAtOnce()
  }

  /** Every line that was read, with the hash of its identity. */
  identifiedLines(): IdentifiedLines {
    return this.#identities.lines()
  }

  /** What the fold holds, once it is no longer used; not for one that has absorbed another. */
  parts(): FoldParts {
    return {
      rollup: this.rollup.parts(),
      findings: this.findings.parts(),
      identities: this.#identities.parts(),
    }
  }

  /**
   * Adds a fold of the lines that follow in the ledger, made under the same options: the result is that of one fold
   * of all lines. `cut` is where our lines ended, and the later ones have been counted from there. Throws
   * `LedgerChanged`.
   */
  absorb(later: FoldParts, cut: Cursor): void {
    this.findings.absorb(later.findings, cut)
    this.rollup.absorb(later.rollup)
    for (const entry of this.#identities.absorb(later.identities)) this.#reconcile(entry)
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
    } else {
      this.rollup.touch(record)
      if (hasId) this.#mergeInto(entry)
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
    const before = this.#earlier.merged(entry)
    const after = merge(before, mergedFrom(this.#record, bytes.subarray(start, end)))
    if (after === before) return
    this.#identities.extend(entry, location)
    this.#earlier.remember(entry, after)
    this.#count(before.record, -1)
    this.#count(after.record, 1)
  }

  /** A later fold has counted a record of ours as new: counts once what all its lines say together. */
  #reconcile(later: number): void {
    const theirs = this.#earlier.merged(later)
    const { line } = theirs.label
    this.#record = theirs.record
    this.#object = { ...this.#row, bytes: line, start: 0, end: line.length }
    const entry = this.#identities.findBefore(later)
    if (entry < 0) return
    this.#count(theirs.record, -1)
    if (theirs.record.id === '') return
    const before = this.#earlier.merged(entry)
    const after = merge(before, theirs)
    if (after === before) return
    for (const location of this.#identities.locations(later)) this.#identities.extend(entry, location)
    this.#earlier.remember(entry, after)
    this.#count(before.record, -1)
    this.#count(after.record, 1)
  }

  #enter(record: UsageRecord): void {
    this.rollup.enter(record, this.#options.costOf(record, this.#object.amount))
    this.#noteInstant(record, 1)
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

  /** `EarlierLines` compares the bytes. */
  #hashOfLine(record: UsageRecord): number {
    if (record.sessionId !== this.#sessionId) {
      this.#sessionId = record.sessionId
      this.#sessionHash = hashText(record.sessionId)
    }
    return hashOfLine(record, this.#sessionHash)
  }

  #isLater(record: UsageRecord): boolean {
    const { until } = this.#options
    return until !== null && record.timestamp !== null && record.timestamp > until
  }
}
