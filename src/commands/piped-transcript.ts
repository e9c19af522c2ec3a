import { UNKNOWN } from '../core/record.ts'
import type { Reading, SourceRecord } from '../sources/source.ts'
import type { Tally } from '../core/tally.ts'
import { Unreadable } from '../system/file-system.ts'
import { InputTooLarge, type StandardInput } from '../system/standard-input.ts'
import { Contents, type TranscriptContent } from '../system/read-transcript.ts'
import type { TranscriptFile } from '../system/transcript-files.ts'
import type { TranscriptPort } from '../system/transcripts.ts'
import type { Settings } from '../settings/settings.ts'
import type { System } from '../system/system.ts'
import { UsageError } from './command.ts'
import type { SourceFiles } from './import-request.ts'
import { knownSources, recognizedSource } from './import-sources.ts'

/** What stands for standard input where a path is wanted. */
const PIPED = '-'

/** A transcript that came through a pipe; `now` makes it differ from what came there before. */
function pipedFile(text: string, now: number): TranscriptFile {
  return { path: PIPED, name: PIPED, ino: 0, size: text.length, mtime: now }
}

export interface Piped {
  readonly text: string
  readonly sources: readonly SourceFiles[]
}

/** What came through a pipe, when that was asked for: its form says whose it is, unless the call does. Throws `UsageError`. */
export function pipedOf(
  words: readonly string[],
  settings: Settings['sources'],
  { standardInput, clock }: Pick<System, 'standardInput' | 'clock'>,
): Piped | null {
  if (!words.includes(PIPED)) return null
  const named = knownSources(settings).filter(({ name }) => words.includes(name))
  if (words.length > named.length + 1) {
    throw new UsageError('- stands for all that is to be read: leave the paths out, or the -')
  }
  const text = pipedText(standardInput)
  const candidates = named.length === 0 ? knownSources(settings) : named
  const source = named.length === 1 ? named[0] : recognizedSource(text.slice(0, HEAD_LENGTH), candidates)
  if (source === undefined) {
    throw new UsageError(
      'what came through the pipe has a form that no source knows: name the source before the -',
    )
  }
  return { text, sources: [{ source, files: [pipedFile(text, clock.now())], folders: [], warnings: [] }] }
}

const LARGEST_MEGABYTES = 256

function pipedText(standardInput: StandardInput): string {
  const text = readPipe(standardInput)
  if (text === null) throw new UsageError('there is nothing on standard input: pipe a transcript into it')
  if (text.trim() !== '') return text
  throw new UsageError('nothing came through the pipe: look at what the command before it says')
}

function readPipe(standardInput: StandardInput): string | null {
  try {
    return standardInput.read(LARGEST_MEGABYTES << 20)
  } catch (error) {
    if (!(error instanceof InputTooLarge)) throw error
    throw new UsageError(
      `what comes through the pipe is larger than ${LARGEST_MEGABYTES} MB: write it to a file, and name that`,
    )
  }
}

const HEAD_LENGTH = 64 << 10

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
  const contents = new Contents()
  for (const told of recordsIn(reading, file, text, contents.tally)) {
    const isHere = told.cwd === '' && told.record.project === UNKNOWN
    contents.take([isHere ? { ...told, cwd: folder } : told])
  }
  const { size, mtime } = file
  const { strange } = contents.tally.counts()
  return contents.close(text.length, { ino: 0, size, mtime, offset: 0, guard: 0, state: null, strange })
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
