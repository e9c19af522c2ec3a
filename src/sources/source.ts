import type { Json } from '../core/json.ts'
import type { MutableRecord } from '../core/record.ts'
import type { Tally } from '../core/tally.ts'

/** Where tools put their files on this machine. Nothing of it is looked at. */
export interface Places {
  readonly home: string
  readonly variables: Readonly<Record<string, string | undefined>>
  /** As Node calls it: `linux`, `darwin`, `win32`. */
  readonly platform: string
}

/** A file in which a tool wrote down what it did. */
export interface Transcript {
  readonly path: string
  /** Its path below the directory where it was found, with `/` between the parts. */
  readonly name: string
}

/**
 * How the transcripts of one tool are found and read. Pure: it is handed names and bytes. Only ids, names, numbers and
 * times leave it, never a word of what was asked or answered.
 */
export interface Source {
  /** As in commands and settings, and as the `tool` of its records: `claude-code`. */
  readonly name: string
  /** As in sentences: `Claude Code`. */
  readonly title: string
  /** Absolute directories that may hold transcripts; none of them has to exist. */
  readonly directories: (places: Places) => readonly string[]
  /** Whether a file below one of the directories is a transcript, by its path there. */
  readonly isTranscript: (name: string) => boolean
  /** Whether text (the first 64 KB of a file or of standard input) is such a transcript, for files met elsewhere. */
  readonly recognizes: (text: string) => boolean
  /** Leaves out transcripts whose content others hold too. Absent when none ever do. */
  readonly withoutCopies?: (transcripts: readonly Transcript[]) => readonly Transcript[]
  /** Transcripts with a higher rank are read after all others, because they repeat what those say. Absent: all 0. */
  readonly rank?: (transcript: Transcript) => number
  /** The source whose transcripts hold what this one prints: of a session that both tell of, only those count. */
  readonly copyOf?: string
  /** The `response` of a record that was imported earlier, from its id; absent where ids say it all. */
  readonly responseOf?: (id: string) => string
  readonly reading: Reading
}

/** By line where files grow, as a whole where they are rewritten, by row in databases. */
export type Reading =
  | {
      readonly kind: 'lines'
      /** ASCII text that is in every line that matters: other lines are not even cut out. Absent when there is none. */
      readonly marker?: string
      /** Reads a transcript from the beginning, or from where `state` was taken. */
      readonly open: (transcript: Transcript, state: Json | null, tally: Tally) => LineReader
    }
  | {
      readonly kind: 'document'
      /** Never throws: what cannot be understood is counted. */
      readonly read: (text: string, transcript: Transcript, tally: Tally) => readonly SourceRecord[]
    }
  | {
      readonly kind: 'database'
      /** Tried in turn until one has its table; each answers rows of columns that `row` understands. */
      readonly queries: readonly DatabaseQuery[]
      readonly row: (row: DatabaseRow, transcript: Transcript, tally: Tally) => readonly SourceRecord[]
    }

export interface LineReader {
  /** Reads one line, `bytes[start, end)` without its newline. Never throws: what cannot be understood is counted. */
  readonly line: (bytes: Buffer, start: number, end: number) => readonly SourceRecord[]
  /** All it needs to go on from here in another process: plain JSON, small; null when nothing. */
  readonly state: () => Json | null
}

export interface DatabaseQuery {
  /** The query is for databases that have it. */
  readonly table: string
  readonly sql: string
}

export type DatabaseRow = Readonly<Record<string, string | number | bigint | null>>

/**
 * What a transcript says of one response. The same response may be told again, in this file or another, with more
 * tokens or fewer: records with one id are one.
 */
export interface SourceRecord {
  /** Without project and price; `costUsd` only where the tool itself reports one. It is the taker's from then on. */
  readonly record: MutableRecord
  /** The folder where the agent worked, as the tool says it; `''` when it does not. */
  readonly cwd: string
  /**
   * What all tellings of one response share, even where their ids differ; `''` when the id says it all. A record whose
   * id is its `response` may be a retelling: it counts only where no other tells of that response.
   */
  readonly response: string
  /** False while the tool may still write a larger count: for reports only. */
  readonly isFinal: boolean
}
