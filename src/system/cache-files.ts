import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { checksumOf } from '../core/checksum.ts'
import type { ReadAt } from '../core/paged-index.ts'

/**
 * The files of the cache, in `state/` beside the ledger. Nothing in them is needed: whatever is missing, foreign, cut,
 * damaged or newer than this program is as good as absent, and whoever cannot write them answers without.
 */
export interface CacheFiles {
  /** What was written last; null when there is nothing to believe. */
  readonly read: () => unknown
  /** The indexes that go with it are read in place; null when one is not there. */
  readonly openIndex: (name: IndexName) => OpenIndex | null
  /** Replaces the cache, after the indexes where there are new ones. Returns false when it could not, or others do. */
  readonly write: (cache: object, indexes: CacheIndexes | null) => boolean
  /** Takes the cache away. */
  readonly remove: () => void
}

export type IndexName = 'ids' | 'sessions'

/** The bytes of each index, in parts. */
export type CacheIndexes = Readonly<Record<IndexName, readonly Uint8Array[]>>

export interface OpenIndex {
  readonly readAt: ReadAt
  readonly close: () => void
}

const DIRECTORY = 'state'
const CACHE = 'cache'
/** While this file exists, somebody is writing; it becomes the new cache. */
const NEW_CACHE = 'cache.new'
/** A writer that takes longer was killed. */
const ABANDONED_MS = 60_000

/** Magic number, checksum and length of what follows. */
const HEAD_BYTES = 16
const MAGIC = 0x31434941 // "AIC1"
/** A cache is small: what is larger is none. */
const MOST_BYTES = 4 << 20

/** The cache of the ledger in a directory; `now` is the clock in epoch milliseconds. */
export function cacheFiles(ledgerDirectory: string, now: () => number): CacheFiles {
  const directory = join(ledgerDirectory, DIRECTORY)
  return {
    read: () => readOr(null, () => readCache(join(directory, CACHE))),
    openIndex: (name) => readOr(null, () => openIndex(join(directory, name))),
    write: (cache, indexes) => readOr(false, () => writeAll(directory, cache, indexes, now())),
    remove: () => readOr(undefined, () => unlinkSync(join(directory, CACHE))),
  }
}

function readOr<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read()
  } catch {
    return otherwise
  }
}

function readCache(path: string): unknown {
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const stat = fstatSync(fd, { bigint: true })
    if (!stat.isFile() || stat.size > MOST_BYTES) return null
    const bytes = new Uint8Array(Number(stat.size))
    if (readSync(fd, bytes, 0, bytes.length, 0) !== bytes.length || bytes.length < HEAD_BYTES) return null
    const [magic, sum, length] = new Uint32Array(bytes.buffer, 0, 3)
    const padded = bytes.length - HEAD_BYTES
    if (magic !== MAGIC || length === undefined || length > padded || padded % 4 !== 0) return null
    if (checksumOf(bytes, HEAD_BYTES, padded) !== sum) return null
    const { self, cache } = JSON.parse(utf8.decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length)))
    // One that was copied, restored or came with a cloned repository was not made from these files here.
    return self === selfOf(stat) ? cache : null
  } finally {
    closeSync(fd)
  }
}

function openIndex(path: string): OpenIndex {
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  return {
    readAt: (bytes, at) => readSync(fd, bytes, 0, bytes.length, at),
    close: () => closeSync(fd),
  }
}

function writeAll(directory: string, cache: object, indexes: CacheIndexes | null, now: number): boolean {
  makeDirectory(directory)
  const path = join(directory, NEW_CACHE)
  const fd = openNew(path, now)
  if (fd === null) return false
  try {
    if (indexes !== null) {
      for (const name of ['ids', 'sessions'] as const) writeIndex(directory, name, indexes[name])
    }
    writeFileSync(fd, encoded({ self: selfOf(fstatSync(fd, { bigint: true })), cache }))
    renameSync(path, join(directory, CACHE))
    return true
  } catch (error) {
    unlinkSync(path)
    throw error
  } finally {
    closeSync(fd)
  }
}

/** Only in a real directory: a link that came with a repository could lead anywhere. */
function makeDirectory(directory: string): void {
  const stat = lstatSync(directory, { throwIfNoEntry: false })
  if (stat === undefined) {
    mkdirSync(directory, { mode: 0o700 })
    writeFileSync(join(directory, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 })
  } else if (!stat.isDirectory()) throw new Error(`${directory} is not a directory`)
}

/** Opens the file that only one process can make; null while another has it. */
function openNew(path: string, now: number): number | null {
  try {
    return openSync(path, 'wx', 0o600)
  } catch {
    const stat = statSync(path, { throwIfNoEntry: false })
    // Removed only: the next call makes it, so that two that find it abandoned do not both write.
    if (stat !== undefined && now - stat.mtimeMs > ABANDONED_MS) unlinkSync(path)
    return null
  }
}

function writeIndex(directory: string, name: IndexName, parts: readonly Uint8Array[]): void {
  const path = join(directory, `${name}.new`)
  const { O_WRONLY, O_CREAT, O_TRUNC } = constants
  const fd = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | (constants.O_NOFOLLOW ?? 0), 0o600)
  try {
    for (const part of parts) {
      for (let at = 0; at < part.length;) at += writeSync(fd, part, at)
    }
  } finally {
    closeSync(fd)
  }
  renameSync(path, join(directory, name))
}

function encoded(value: object): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(value))
  const padded = (text.length + 3) & ~3
  const bytes = new Uint8Array(HEAD_BYTES + padded)
  bytes.set(text, HEAD_BYTES)
  new Uint32Array(bytes.buffer, 0, 3).set([MAGIC, checksumOf(bytes, HEAD_BYTES, padded), text.length])
  return bytes
}

function selfOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`
}

const utf8 = new TextDecoder()
