import { closeSync, readSync, realpathSync } from 'node:fs'
import { openForReading } from './file-system.ts'
import { type TranscriptContent, type TranscriptMark, readTranscript } from './read-transcript.ts'
import {
  type FoundTranscripts,
  type TranscriptFile,
  findTranscripts,
  renewed,
  transcriptAt,
} from './transcript-files.ts'
import { type Sqlite, loadSqlite } from './sqlite.ts'
import { SqliteUnavailable } from './sqlite-driver.ts'
import { type TranscriptThread, transcriptThread } from './transcript-thread.ts'
import type { Reading, Source } from '../sources/source.ts'

/** What other tools wrote down. */
export interface TranscriptPort {
  readonly find: (source: Source, directories: readonly string[]) => FoundTranscripts
  /** The file that a path names; none when there is no such file. */
  readonly at: (path: string) => readonly TranscriptFile[]
  /** A transcript as it is now; none when it is gone. */
  readonly renewed: (file: TranscriptFile) => readonly TranscriptFile[]
  /** What is new in a transcript since a mark. Throws `Unreadable` and system errors. */
  readonly read: (reading: Reading, file: TranscriptFile, mark: TranscriptMark | null) => TranscriptContent
  /** Before databases can be read; false where they cannot, and then `read` says so. */
  readonly loadDatabases: () => Promise<boolean>
  /** Somebody who reads along with us; null where there is nobody to be had. */
  readonly thread: TranscriptThread | null
  /** The beginning of a file: 64 KB at most. Throws `Unreadable` and system errors. */
  readonly head: (path: string) => string
  /** Where a path really leads; itself when it leads nowhere. */
  readonly realPath: (path: string) => string
}

let sqlite: Sqlite | null = null

export const systemTranscripts: TranscriptPort = {
  find: findTranscripts,
  at: transcriptAt,
  renewed,
  read: (reading, file, mark) => readTranscript(reading, file, mark, sqlite),
  async loadDatabases() {
    try {
      sqlite ??= await loadSqlite()
      return true
    } catch (error) {
      if (error instanceof SqliteUnavailable) return false
      throw error
    }
  },
  thread: transcriptThread,
  head: headOf,
  realPath(path) {
    try {
      return realpathSync(path)
    } catch {
      return path
    }
  },
}

const HEAD_BYTES = 64 << 10

function headOf(path: string): string {
  const fd = openForReading(path)
  if (fd === null) return ''
  try {
    const bytes = Buffer.alloc(HEAD_BYTES)
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, HEAD_BYTES, 0))
  } finally {
    closeSync(fd)
  }
}
