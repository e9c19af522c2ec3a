import { closeSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { LineReader, type Cursor, type LineSink, MAX_LINE_BYTES } from '../core/line-reader.ts'
import type { UsageRecord } from '../core/record.ts'
import { openForReading } from './file-system.ts'
import type { GrownFile } from './ledger-stamp.ts'

const WINDOW_BYTES = 256 << 10

function ignore(): void {}

/**
 * Hands out every record in parts of ledger files, one by one, as they stand there: neither merged nor judged. A part may
 * begin in the middle of a line; what is damaged is left out. The record is valid during the call only.
 */
export function eachRecord(parts: readonly GrownFile[], onRecord: (record: UsageRecord) => void): void {
  const sink: LineSink = { batch: ignore, record: onRecord, rejected: ignore, bad: ignore }
  for (const { path, from, to } of parts) {
    const fd = openForReading(path)
    if (fd === null) continue
    try {
      readPart(fd, path, from, to, new LineReader(sink, null))
    } finally {
      closeSync(fd)
    }
  }
}

function readPart(fd: number, path: string, from: number, to: number, reader: LineReader): void {
  const bytes = new Uint8Array(WINDOW_BYTES + MAX_LINE_BYTES)
  const cursor: Cursor = { name: basename(path), base: 0, offset: from, lines: 0, skipping: false }
  for (;;) {
    const before = cursor.offset
    const length = readSync(fd, bytes, 0, Math.min(bytes.length, to - before), before)
    const atEnd = before + length >= to
    if (length > 0) reader.feed(cursor, bytes, length, atEnd)
    if (atEnd || cursor.offset === before) return
  }
}
