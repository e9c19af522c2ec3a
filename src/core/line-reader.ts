import type { Batch } from './batch.ts'
import { type Decoded, decodeRecord } from './decode.ts'
import { numberOf } from './columns.ts'
import type { LineProblem } from './findings.ts'
import { hashText } from './hash-index.ts'
import { isBlank, objectEnd, objectsIn } from './objects.ts'
import { type UsageRecord, UNKNOWN } from './record.ts'
import type { RecordScanner } from './record-scanner.ts'

/** A longer line is no usage record: it is skipped to its end without being kept. */
export const MAX_LINE_BYTES = 64 * 1024

/** How far one ledger file has been read. */
export interface Cursor {
  /** File name for messages. */
  name: string
  /** Added to an offset to make it a location that is unique among all files of the ledger. */
  readonly base: number
  /** Of the first byte that has not been consumed. */
  offset: number
  /** Whole lines consumed. */
  lines: number
  /** True inside a line that is longer than `MAX_LINE_BYTES`. */
  skipping: boolean
}

/** A JSON object of the ledger: its bytes are `bytes[start, end)`, valid during the call only. */
export interface LineObject {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Unique among all files of the ledger. */
  readonly location: number
  /** The `hashText` of the record's id, where it is known without making the text; else 0. */
  readonly idHash: number
  /** The recorded cost in picodollars, where a number can hold it; else NaN. Spares the fold a bigint per record. */
  readonly amount: number
}

/** An object that is still to be filled, again and again: a million short-lived ones would cost more than to read them. */
export function noObject(): { -readonly [Key in keyof LineObject]: LineObject[Key] } {
  return { bytes: new Uint8Array(0), start: 0, end: 0, location: 0, idHash: 0, amount: NaN }
}

/** Takes what a reader finds. The record is overwritten by the next one: copy it to keep it. */
export interface LineSink {
  /** `base` plus the start of a row is its location. */
  batch(batch: Batch, base: number): void
  record(record: UsageRecord, object: LineObject): void
  rejected(record: UsageRecord, problem: LineProblem): void
  bad(problem: LineProblem): void
}

/**
 * So much of a ledger is read by JSON.parse before the scanner takes over. The scanner is twice as fast once V8 has
 * compiled it, and several times slower before: a thousand lines would be over by then.
 */
const COLD_BYTES = 512 * 1024

const NEWLINE = 0x0a
const OPEN = 0x7b
const CLOSE = 0x7d
const RETURN = 0x0d

/** From bytes to records: splits lines, salvages records glued to torn ones, and names what it cannot read. */
export class LineReader {
  readonly #sink: LineSink
  #coldBytes: number
  readonly #scanner: RecordScanner | null
  readonly #object = noObject()

  /**
   * `coldBytes` is how much JSON.parse reads before the scanner does; without a scanner it reads all. Which of them
   * reads changes nothing else.
   */
  constructor(sink: LineSink, scanner: RecordScanner | null, coldBytes = COLD_BYTES) {
    this.#sink = sink
    this.#scanner = scanner
    this.#coldBytes = coldBytes
  }

  /** Leaves nothing more to JSON.parse: for a ledger so large that its code would be compiled in vain. */
  scanAtOnce(): void {
    this.#coldBytes = 0
  }

  /**
   * Reads `bytes[0, length)`, which begin at the cursor, and moves the cursor on. A last line without a newline is
   * held back, unless `atEnd` and it is already a complete object (what follows a closing brace cannot change it).
   */
  feed(cursor: Cursor, bytes: Uint8Array, length: number, atEnd: boolean): void {
    let at = cursor.skipping ? skipLine(cursor, bytes, length) : 0
    while (at < length) {
      const next = this.#wholeLine(cursor, bytes, at, length)
      if (next > 0) {
        at = next
      } else {
        const newline = bytes.indexOf(NEWLINE, at)
        if (newline < 0 || newline >= length) break
        this.#oddLine(cursor, bytes, at, newline)
        at = newline + 1
      }
      cursor.lines++
    }
    if (atEnd) at = this.#completeTail(cursor, bytes, at, length)
    this.#deliverBatch(cursor)
    if (length - at > MAX_LINE_BYTES) {
      this.#tooLong(cursor, at)
      cursor.skipping = true
      at = length
    }
    cursor.offset += at
  }

  #wholeLine(cursor: Cursor, bytes: Uint8Array, at: number, length: number): number {
    if (this.#scanner !== null && this.#coldBytes <= 0) {
      return this.#plainLine(this.#scanner, cursor, bytes, at, length)
    }
    const next = this.#parsedLine(cursor, bytes, at, length)
    this.#coldBytes -= Math.max(1, next - at)
    return next
  }

  /** One whole line that JSON.parse takes and that is a record: returns where the next begins, or 0. */
  #parsedLine(cursor: Cursor, bytes: Uint8Array, at: number, length: number): number {
    const newline = bytes.indexOf(NEWLINE, at)
    if (newline < 0 || newline >= length || newline - at > MAX_LINE_BYTES) return 0
    const end = bytes[newline - 1] === RETURN ? newline - 1 : newline
    if (bytes[at] !== OPEN || bytes[end - 1] !== CLOSE) return 0
    const decoded = decodeObject(bytes, at, end)
    if (decoded?.kind !== 'record') return 0
    this.#deliverDecoded(cursor, decoded.record, bytes, at, end)
    return newline + 1
  }

  /** One whole line in the plain shape: returns where the next begins, or 0. */
  #plainLine(scanner: RecordScanner, cursor: Cursor, bytes: Uint8Array, at: number, length: number): number {
    if (!scanner.scan(bytes, at, length)) return 0
    const { batch } = scanner
    const end = batch.ends[batch.size]!
    const newline = bytes[end] === RETURN ? end + 1 : end
    if (newline >= length || bytes[newline] !== NEWLINE || newline - at > MAX_LINE_BYTES) return 0
    this.#keep(batch, cursor)
    return newline + 1
  }

  /** An unfinished line that is already a whole object counts at once; returns where reading goes on. */
  #completeTail(cursor: Cursor, bytes: Uint8Array, start: number, length: number): number {
    if (length - start > MAX_LINE_BYTES) return start
    const open = bytes.indexOf(0x7b, start)
    if (open < 0 || open >= length || !isBlank(bytes, start, open)) return start
    const end = objectEnd(bytes, open, length)
    return end > 0 && this.#accept(cursor, bytes, open, end, false) ? end : start
  }

  /** A line that is not one plain record: blank, escaped, foreign, glued or torn. */
  #oddLine(cursor: Cursor, bytes: Uint8Array, from: number, newline: number): void {
    // First of all, because what of it fits the buffer may not decide what is said of it.
    if (newline - from > MAX_LINE_BYTES) {
      this.#tooLong(cursor, from)
      return
    }
    const start = this.#contentStart(cursor, bytes, from, newline)
    if (isBlank(bytes, start, newline)) return
    const { objects, damaged } = objectsIn(bytes, start, newline, (range, afterDamage) =>
      this.#accept(cursor, bytes, range.start, range.end, afterDamage),
    )
    if (!damaged) return
    const reason = objects.length > 0 ? 'holds a damaged record beside a whole one' : 'is not a JSON object'
    this.#sink.bad(problemAt(cursor, from, reason))
  }

  /** Skips a byte order mark at the head of the file, and the NULs that a copytruncate or a power loss leaves. */
  #contentStart(cursor: Cursor, bytes: Uint8Array, from: number, newline: number): number {
    const hasMark = cursor.offset + from === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    const text = hasMark ? 3 : from
    let start = text
    while (start < newline && bytes[start] === 0) start++
    if (start > text) this.#sink.bad(problemAt(cursor, from, 'begins with NUL bytes'))
    return start
  }

  /** Delivers one balanced object; false when it is no JSON or, after damage, no sure record. */
  #accept(cursor: Cursor, bytes: Uint8Array, start: number, end: number, afterDamage: boolean): boolean {
    const scanner = this.#scanner
    if (scanner?.scan(bytes, start, end) === true && scanner.batch.ends[scanner.batch.size] === end) {
      this.#keep(scanner.batch, cursor)
      return true
    }
    const decoded = decodeObject(bytes, start, end)
    if (decoded === null || (afterDamage && !isSureRecord(decoded))) return false
    if (decoded.kind === 'record') this.#deliverDecoded(cursor, decoded.record, bytes, start, end)
    else if (decoded.kind === 'bad') this.#sink.bad(problemAt(cursor, start, decoded.reason))
    else {
      this.#deliverBatch(cursor)
      this.#sink.rejected(decoded.record, problemAt(cursor, start, decoded.reason))
    }
    return true
  }

  /** Counts in the row that the scanner has just filled. */
  #keep(batch: Batch, cursor: Cursor): void {
    batch.size++
    if (batch.isFull) this.#deliverBatch(cursor)
  }

  #deliverBatch(cursor: Cursor): void {
    const batch = this.#scanner?.batch
    if (batch === undefined || batch.size === 0) return
    this.#sink.batch(batch, cursor.base + cursor.offset)
    batch.size = 0
  }

  /** Hands on a record that the careful reader decoded, after those that came before it. */
  #deliverDecoded(cursor: Cursor, record: UsageRecord, bytes: Uint8Array, start: number, end: number): void {
    this.#deliverBatch(cursor)
    const object = this.#object
    object.bytes = bytes
    object.start = start
    object.end = end
    object.idHash = record.id === '' ? 0 : hashText(record.id)
    object.amount = numberOf(record.costUsd)
    object.location = cursor.base + cursor.offset + start
    this.#sink.record(this.#scanner?.batch.adopt(record) ?? record, object)
  }

  #tooLong(cursor: Cursor, at: number): void {
    this.#sink.bad(problemAt(cursor, at, `is longer than ${MAX_LINE_BYTES} bytes`))
  }
}

/** Decodes one balanced object with the careful reader; null when it is no JSON. */
export function decodeObject(bytes: Uint8Array, start: number, end: number): Decoded | null {
  try {
    return decodeRecord(JSON.parse(utf8.decode(bytes.subarray(start, end))))
  } catch {
    return null
  }
}

const utf8 = new TextDecoder()

/** Consumes up to the end of an over-long line; returns where reading goes on. */
function skipLine(cursor: Cursor, bytes: Uint8Array, length: number): number {
  const newline = bytes.indexOf(NEWLINE)
  if (newline < 0 || newline >= length) return length
  cursor.skipping = false
  cursor.lines++
  return newline + 1
}

/** Inside a torn fragment a nested object may look like a record: only one with instant and model is sure. */
function isSureRecord(decoded: Decoded): boolean {
  return decoded.kind === 'record' && decoded.record.timestamp !== null && decoded.record.model !== UNKNOWN
}

function problemAt(cursor: Cursor, at: number, reason: string): LineProblem {
  return { file: cursor.name, line: cursor.lines + 1, offset: cursor.offset + at, reason }
}
