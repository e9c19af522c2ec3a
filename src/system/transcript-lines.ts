import { readSync } from 'node:fs'

/** Large files are read in pieces of this size; whole ones would take their memory. */
const WINDOW_BYTES = 1 << 20

/** A longer line is skipped: no usage is said in one. */
const LONGEST_LINE = 64 << 20

const NEWLINE = 0x0a
const CLOSE = 0x7d
const RETURN = 0x0d

/** How far a transcript was read. */
export interface LinesRead {
  /** Behind the last whole line. */
  readonly offset: number
  /** Lines that were longer than any can be. */
  readonly skipped: number
}

type OnLine = (bytes: Buffer, start: number, end: number) => void

let window: Buffer | undefined

/**
 * Hands out the lines of a file from an offset on, as `bytes[start, end)` without newline, valid during the call only.
 * With a marker only lines that hold it. A last line without a newline goes to `onTail` when it ends like an object, and
 * will be read again: a writer may be in the middle of it.
 */
export function readLines(
  fd: number,
  from: number,
  marker: string | undefined,
  onLine: OnLine,
  onTail: OnLine = onLine,
): LinesRead {
  let bytes = (window ??= Buffer.allocUnsafeSlow(WINDOW_BYTES))
  let offset = from
  let length = 0
  let skipped = 0
  for (;;) {
    const read = readSync(fd, bytes, length, bytes.length - length, offset + length)
    length += read
    if (read === 0) break
    const end = bytes.lastIndexOf(NEWLINE, length - 1) + 1
    if (end > 0) {
      eachLine(bytes, end, marker, onLine)
      bytes.copyWithin(0, end, length)
      offset += end
      length -= end
    } else if (length >= LONGEST_LINE) {
      skipped++
      offset = skipLine(fd, offset + length)
      length = 0
    } else if (length === bytes.length) {
      const larger = Buffer.allocUnsafeSlow(bytes.length * 4)
      bytes.copy(larger, 0, 0, length)
      bytes = larger
    }
  }
  if (length > 0 && endsLikeObject(bytes, length)) onTail(bytes, 0, length)
  return { offset, skipped }
}

function eachLine(bytes: Buffer, length: number, marker: string | undefined, onLine: OnLine): void {
  for (let start = 0; start < length;) {
    if (marker !== undefined) {
      const found = bytes.indexOf(marker, start, 'latin1')
      if (found < 0 || found >= length) return
      start = bytes.lastIndexOf(NEWLINE, found) + 1
    }
    const end = bytes.indexOf(NEWLINE, start)
    const last = end > start && bytes[end - 1] === RETURN ? end - 1 : end
    if (last > start) onLine(bytes, start, last)
    start = end + 1
  }
}

/** The offset behind the line that an offset is in. */
function skipLine(fd: number, from: number): number {
  const bytes = Buffer.allocUnsafe(WINDOW_BYTES)
  for (let offset = from; ;) {
    const read = readSync(fd, bytes, 0, bytes.length, offset)
    if (read === 0) return offset
    const newline = bytes.subarray(0, read).indexOf(NEWLINE)
    if (newline >= 0) return offset + newline + 1
    offset += read
  }
}

function endsLikeObject(bytes: Buffer, length: number): boolean {
  let last = length - 1
  while (last >= 0 && bytes[last]! <= 0x20) last--
  return bytes[last] === CLOSE
}
