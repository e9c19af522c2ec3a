import { readSync } from 'node:fs'
import type { Fold } from '../core/fold.ts'
import { type Cursor, MAX_LINE_BYTES } from '../core/line-reader.ts'

const CHUNK_BYTES = 1 << 18
/** Where what is read is told again at once: larger pieces would outlive many a collection of garbage. It holds the longest line. */
const AGAIN_BYTES = 1 << 17
/** Room behind the chunk, so that a scanner that looks a little ahead never looks past the buffer. */
const SLACK_BYTES = 64
/** How much is read before others get a turn. */
const BYTES_PER_STEP = 8 << 20
const NEWLINE = 0x0a

/** Bytes of one ledger file that are to be read, from a cursor on. Plain data: threads share descriptors. */
export interface LedgerRange {
  readonly fd: number
  readonly cursor: Cursor
  readonly end: number
  /** Whether the file ends there, as far as we know, or another range goes on. */
  readonly isFileEnd: boolean
}

/** No Buffer: V8 compiles for one kind of array, and earlier lines are looked up in the plain kind. */
export function readingBuffer(): Uint8Array {
  return new Uint8Array(CHUNK_BYTES + SLACK_BYTES)
}

/** Bytes that are still to be read. */
export function bytesIn(ranges: readonly LedgerRange[]): number {
  return ranges.reduce((sum, { cursor, end }) => sum + end - cursor.offset, 0)
}

/** Feeds a range to a fold and moves its cursor on, in steps that each yield the bytes consumed; a short one takes no step. */
export function* readRange(range: LedgerRange, fold: Fold, buffer: Uint8Array): Generator<number> {
  const { fd, cursor, end, isFileEnd } = range
  let pending = 0
  for (;;) {
    const before = cursor.offset
    // What was appended meanwhile is welcome; what another range holds is not.
    const wanted = isFileEnd ? CHUNK_BYTES : Math.min(CHUNK_BYTES, end - before)
    const length = readSync(fd, buffer, 0, wanted, before)
    const atEnd = before + length >= end
    if (length > 0) fold.feed(cursor, buffer, length, atEnd && isFileEnd)
    const consumed = cursor.offset - before
    // Nothing, though the end has not come: the file was cut off, within a line perhaps.
    if (atEnd || consumed === 0) return
    pending += consumed
    if (pending < BYTES_PER_STEP) continue
    yield pending
    pending = 0
  }
}

/** Reads a file once more from its beginning, no further than a cursor has come, in steps. */
export function* readAgain(
  { fd, cursor }: Pick<LedgerRange, 'fd' | 'cursor'>,
  reader: Pick<Fold, 'feed'>,
  buffer: Uint8Array,
): Generator<void> {
  const again = { ...cursor, offset: 0, lines: 0, skipping: false }
  for (;;) {
    const before = again.offset
    const length = readSync(fd, buffer, 0, Math.min(AGAIN_BYTES, cursor.offset - before), before)
    if (length > 0) reader.feed(again, buffer, length, before + length >= cursor.offset)
    yield
    if (before + length >= cursor.offset || again.offset === before) return
  }
}

/** Two parts of a ledger: all lines of the tail come after those of the head. */
export interface SplitLedger {
  readonly head: readonly LedgerRange[]
  /** The first range may go on in the file where the head ends, and counts its lines from there. */
  readonly tail: readonly LedgerRange[]
}

/** Cuts ranges that have not been begun, which lie in the order of the ledger, after this share of their bytes; null where no line ends. */
export function splitRanges(ranges: readonly LedgerRange[], share: number): SplitLedger | null {
  let left = bytesIn(ranges) * share
  for (const [nth, range] of ranges.entries()) {
    const { fd, cursor, end } = range
    const length = end - cursor.offset
    if (left >= length) {
      left -= length
      continue
    }
    const cut = lineEnd(fd, cursor.offset + Math.floor(left), end)
    if (cut < 0) return null
    return {
      head: [...ranges.slice(0, nth), { ...range, end: cut, isFileEnd: false }],
      tail: [{ ...range, cursor: { ...cursor, offset: cut, lines: 0 } }, ...ranges.slice(nth + 1)],
    }
  }
  return null
}

/** Offset behind the first newline from a position on; -1 when there is none within the longest line there may be. */
function lineEnd(fd: number, position: number, end: number): number {
  const bytes = Buffer.allocUnsafe(Math.min(MAX_LINE_BYTES, end - position))
  const newline = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, position)).indexOf(NEWLINE)
  return newline < 0 ? -1 : position + newline + 1
}
