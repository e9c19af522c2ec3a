import { closeSync, fstatSync, readFileSync } from 'node:fs'
import type { Json } from '../core/json.ts'
import { Collapse, type Told } from '../sources/collapse.ts'
import { Repeats, type RepeatSum } from '../sources/repeats.ts'
import type { Reading, SourceRecord } from '../sources/source.ts'
import { Tally, type TallyCounts } from '../core/tally.ts'
import { Unreadable, openForReading } from './file-system.ts'
import type { Sqlite } from './sqlite.ts'
import { guardBefore } from './tail-guard.ts'
import type { TranscriptFile } from './transcript-files.ts'
import { readLines } from './transcript-lines.ts'

/** A larger document is no transcript: whole sessions of months are a tenth of it. */
const LARGEST_DOCUMENT = 256 << 20

/** How far a transcript was read, and what proves that it is still the same. */
export interface TranscriptMark {
  readonly ino: number
  readonly size: number
  readonly mtime: number
  readonly offset: number
  readonly guard: number
  /** The source's own. */
  readonly state: Json | null
  /** Parts of a form that was not known: what they hold is not in the ledger. */
  readonly strange: number
}

/** What a transcript came to: plain data that another thread can be handed. */
export interface TranscriptContent {
  readonly told: readonly Told[]
  readonly tellings: number
  readonly repeats: { readonly count: number; readonly sums: readonly RepeatSum[] }
  readonly counts: TallyCounts
  readonly bytes: number
  readonly mark: TranscriptMark
}

/**
 * Reads what is new in a transcript since a mark, or all of it. Throws `Unreadable` and system errors, for a database
 * also where `sqlite` is null: there is no way to read one.
 */
export function readTranscript(
  reading: Reading,
  file: TranscriptFile,
  mark: TranscriptMark | null,
  sqlite: Sqlite | null,
): TranscriptContent {
  const contents = new Contents()
  const from = readInto(reading, file, mark, sqlite, contents)
  const { ino, size, mtime } = file
  return contents.close(size - from.start, {
    ino,
    size,
    mtime,
    offset: from.offset,
    guard: from.guard,
    state: from.state,
    strange: (from.start > 0 ? (mark?.strange ?? 0) : 0) + contents.tally.counts().strange,
  })
}

/** What a transcript comes to, while it is read. */
export class Contents {
  readonly tally = new Tally()
  readonly #repeats = new Repeats()
  readonly #collapse = new Collapse(this.#repeats)
  #tellings = 0

  take(records: readonly SourceRecord[]): void {
    this.#tellings += records.length
    for (const record of records) this.#collapse.add(record)
  }

  close(bytes: number, mark: TranscriptMark): TranscriptContent {
    return {
      told: this.#collapse.take(),
      tellings: this.#tellings,
      repeats: { count: this.#repeats.count, sums: this.#repeats.sums() },
      counts: this.tally.counts(),
      bytes,
      mark,
    }
  }
}

interface Place {
  readonly start: number
  readonly offset: number
  readonly guard: number
  readonly state: Json | null
}

function readInto(
  reading: Reading,
  file: TranscriptFile,
  mark: TranscriptMark | null,
  sqlite: Sqlite | null,
  contents: Contents,
): Place {
  if (reading.kind === 'database') {
    if (sqlite === null) throw new Unreadable(file.path, ...NO_SQLITE)
    for (const row of sqlite.rows(file.path, reading.queries))
      contents.take(reading.row(row, file, contents.tally))
    return WHOLE
  }
  const fd = openForReading(file.path)
  // Deleted since it was found: what it held was imported, or nobody can any more.
  if (fd === null) return WHOLE
  try {
    if (reading.kind === 'lines') return readNewLines(fd, reading, file, mark, contents)
    if (fstatSync(fd).size > LARGEST_DOCUMENT) contents.tally.count('strange')
    else contents.take(reading.read(readFileSync(fd, 'utf8'), file, contents.tally))
    return WHOLE
  } finally {
    closeSync(fd)
  }
}

/** What `SqliteUnavailable` says, too. */
const NO_SQLITE = [
  'is a database that this Node cannot read',
  'use Node 22.13 or later, or npm install -g libsql',
] as const

const WHOLE: Place = { start: 0, offset: 0, guard: 0, state: null }

function readNewLines(
  fd: number,
  { open, marker }: Extract<Reading, { kind: 'lines' }>,
  file: TranscriptFile,
  mark: TranscriptMark | null,
  contents: Contents,
): Place {
  const goesOn = mark !== null && mayGoOn(file, mark) && guardBefore(fd, mark.offset) === mark.guard
  const start = goesOn ? mark.offset : 0
  const reader = open(file, goesOn ? mark.state : null, contents.tally)
  const read = (bytes: Buffer, lineStart: number, end: number): void =>
    contents.take(reader.line(bytes, lineStart, end))
  const beforeTail: (Json | null)[] = []
  const { offset, skipped } = readLines(fd, start, marker, read, (bytes, lineStart, end) => {
    // It will be read again from here: a state that knows it already would count it twice.
    beforeTail.push(reader.state())
    read(bytes, lineStart, end)
  })
  for (let nth = 0; nth < skipped; nth++) contents.tally.count('strange')
  const [state = reader.state()] = beforeTail
  return { start, offset, guard: guardBefore(fd, offset), state }
}

/** One that changed and did not grow was written over in place: what it says may differ anywhere. */
function mayGoOn({ ino, size, mtime }: TranscriptFile, mark: TranscriptMark): boolean {
  return mark.ino === ino && (size > mark.size || mtime === mark.mtime)
}
