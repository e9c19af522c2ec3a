import { closeSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checksumOf } from '../core/checksum.ts'
import type { UsageRecord } from '../core/record.ts'
import { makeStateDirectory, replaceFile } from './cache-files.ts'
import { errnoOf } from './errno.ts'
import { Unreadable } from './file-system.ts'
import { type ImportLock, lockImports, lockImportsInTurn } from './import-lock.ts'
import { eachRecord } from './ledger-records.ts'
import { type GrownFile, type LedgerStamp, grownSince, stampLedger } from './ledger-stamp.ts'
import { openPlainly } from './open-plainly.ts'
import type { TranscriptMark } from './read-transcript.ts'

/** What an import remembers for the next one: how far it read, and what the ledger held then. */
export interface ImportIndex {
  /** What was asked for: other questions read everything anew. */
  readonly scope: ImportScope
  readonly ledger: LedgerStamp
  /** By source and path. */
  readonly marks: Readonly<Record<string, Readonly<Record<string, TranscriptMark>>>>
}

export interface ImportScope {
  /** The program that read: another one may read more out of the same bytes. */
  readonly program: string
  /** The folder whose records were wanted; null for all. */
  readonly project: string | null
  /** Records before this instant were left out, in epoch milliseconds; null for none. */
  readonly since: number | null
}

/** The import's own files in a ledger's `state/`: worth nothing when they are lost, but time. */
export interface ImportFiles {
  /** Null when there is none that can be believed. */
  readonly index: () => ImportIndex | null
  /** The ids of the ledger as `Seen` rows, as of the index; null when they cannot be believed. */
  readonly seen: () => Float64Array | null
  /** Throws system errors. */
  readonly write: (index: ImportIndex, seen: Float64Array) => void
  /** The ledger as it is now. Throws `Unreadable`. */
  readonly stamp: () => LedgerStamp
  /** What was appended since a stamp; null when something is gone or different. Throws `Unreadable`. */
  readonly grownSince: (stamp: LedgerStamp) => readonly GrownFile[] | null
  /** Each record in parts of the ledger, as it stands there. Throws `Unreadable`. */
  readonly eachRecord: (parts: readonly GrownFile[], onRecord: (record: UsageRecord) => void) => void
  /** Takes the lock of importers; null while another process has it. Throws `NotSaved`. */
  readonly lock: () => ImportLock | null
  /** The same after whoever has it, which `onWait` is told; null when that takes minutes. */
  readonly lockInTurn: (onWait: (holder: string) => void) => Promise<ImportLock | null>
}

const INDEX = 'imported'
const SEEN = 'imported-ids'
/** Changes with the form of these files. */
const VERSION = 2

interface Saved {
  readonly version: number
  readonly seen: { readonly length: number; readonly checksum: number }
  readonly index: ImportIndex
}

export function importFiles(ledgerDirectory: string, now: () => number): ImportFiles {
  const directory = join(ledgerDirectory, 'state')
  let saved: Saved | null | undefined
  const load = (): Saved | null => (saved ??= readSaved(join(directory, INDEX)))
  return {
    stamp: () => readable(ledgerDirectory, () => stampLedger(ledgerDirectory)),
    grownSince: (stamp) => readable(ledgerDirectory, () => grownSince(ledgerDirectory, stamp)),
    eachRecord: (parts, onRecord) => readable(ledgerDirectory, () => eachRecord(parts, onRecord)),
    lock: () => lockImports(ledgerDirectory, now),
    lockInTurn: (onWait) => lockImportsInTurn(ledgerDirectory, now, onWait),
    index: () => load()?.index ?? null,
    seen: () => readSeen(join(directory, SEEN), load()),
    write(index, rows) {
      makeStateDirectory(directory)
      const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)
      const seen = { length: bytes.length, checksum: checksumOf(bytes, 0, bytes.length) }
      replaceFile(directory, SEEN, () => [bytes])
      saved = { version: VERSION, seen, index }
      const text = JSON.stringify(saved)
      replaceFile(directory, INDEX, () => [Buffer.from(`${checksumOfText(text)}\n${text}`)])
    },
  }
}

/** A ledger file may be a directory, or lie on a disk that fails. */
function readable<Value>(ledgerDirectory: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === '') throw error
    throw new Unreadable(
      ledgerDirectory,
      `holds a ledger that cannot be read (${errno})`,
      'look at its files',
    )
  }
}

function readSaved(path: string): Saved | null {
  const bytes = ownFile(path)
  if (bytes === null) return null
  const newline = bytes.indexOf(0x0a)
  const text = bytes.toString('utf8', newline + 1)
  if (bytes.toString('latin1', 0, newline) !== String(checksumOfText(text))) return null
  // Whoever can write this file could write the ledger as well: the checksum is against damage.
  const saved = JSON.parse(text) as Saved
  return saved.version === VERSION ? saved : null
}

function readSeen(path: string, saved: Saved | null): Float64Array | null {
  const bytes = saved === null ? null : ownFile(path)
  if (saved === null || bytes === null || bytes.length !== saved.seen.length) return null
  if (checksumOf(bytes, 0, bytes.length) !== saved.seen.checksum) return null
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / Float64Array.BYTES_PER_ELEMENT)
}

/** What is in a file; null where there is none, or something else. */
function ownFile(path: string): Buffer | null {
  try {
    const fd = openPlainly(path)
    try {
      // Not from the pool: columns of numbers must begin at a multiple of eight.
      return readFileSync(fd)
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}

function checksumOfText(text: string): number {
  const bytes = Buffer.from(text)
  const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4)
  bytes.copy(padded)
  return checksumOf(padded, 0, padded.length)
}
