import { UNKNOWN } from '../core/record.ts'
import { Collapse } from '../sources/collapse.ts'
import { Repeats } from '../sources/repeats.ts'
import type { Reading, SourceRecord } from '../sources/source.ts'
import { Tally } from '../core/tally.ts'
import { Unreadable } from '../system/file-system.ts'
import type { TranscriptContent } from '../system/read-transcript.ts'
import type { TranscriptFile } from '../system/transcript-files.ts'
import type { TranscriptPort } from '../system/transcripts.ts'

/** What stands for standard input where a path is wanted. */
export const PIPED = '-'

/** A transcript that came through a pipe; `now` makes it differ from what came there before. */
export function pipedFile(text: string, now: number): TranscriptFile {
  return { path: PIPED, name: PIPED, ino: 0, size: text.length, mtime: now }
}

/** The transcripts of a system, with what came through a pipe among them, from somebody who works in `folder`. */
export function withPiped(transcripts: TranscriptPort, text: string, folder: string): TranscriptPort {
  return {
    ...transcripts,
    thread: null,
    read: (reading, file, mark) =>
      file.path === PIPED ? readPiped(reading, file, text, folder) : transcripts.read(reading, file, mark),
  }
}

function readPiped(reading: Reading, file: TranscriptFile, text: string, folder: string): TranscriptContent {
  const tally = new Tally()
  const repeats = new Repeats()
  const collapse = new Collapse(repeats)
  let tellings = 0
  for (const record of recordsIn(reading, file, text, tally)) {
    tellings++
    const isHere = record.cwd === '' && record.record.project === UNKNOWN
    collapse.add(isHere ? { ...record, cwd: folder } : record)
  }
  return {
    told: collapse.take(),
    tellings,
    repeats: { count: repeats.count, sums: repeats.sums() },
    counts: tally.counts(),
    bytes: text.length,
    mark: { ino: 0, size: file.size, mtime: file.mtime, offset: 0, guard: 0, state: null },
  }
}

function* recordsIn(
  reading: Reading,
  file: TranscriptFile,
  text: string,
  tally: Tally,
): Generator<SourceRecord> {
  if (reading.kind === 'database') {
    throw new Unreadable(PIPED, 'is a database, which cannot be piped', 'name its file instead')
  }
  if (reading.kind === 'document') return yield* reading.read(text, file, tally)
  const reader = reading.open(file, null, tally)
  for (const line of text.split(/\r?\n/)) {
    const bytes = Buffer.from(line)
    const isMarked = reading.marker === undefined || line.includes(reading.marker)
    if (bytes.length > 0 && isMarked) yield* reader.line(bytes, 0, bytes.length)
  }
}
