import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { ReadAt } from '../core/paged-index.ts'
import { errnoOf } from './errno.ts'
import { hideFromGit } from './hide-from-git.ts'
import { openPlainly } from './open-plainly.ts'

/**
 * The files of the cache, in `state/` beside the ledger. Nothing in them is needed: whatever is missing, foreign, cut,
 * damaged or newer than this program is as good as absent, and whoever cannot write them answers without.
 */
export interface CacheFiles {
  /** What was written last; null when there is nothing to believe. Most calls need no more than the cache itself. */
  readonly read: (name: CacheName) => unknown
  /** The indexes that go with it are read in place; null when one is not there. */
  readonly openIndex: (name: IndexName) => OpenIndex | null
  /**
   * Replaces the cache with its day and fold, after the indexes where there are new ones. Returns false when it could not, or
   * somebody else does.
   */
  readonly write: (content: CacheContent, indexes: CacheIndexes | null) => boolean
  /** Takes the cache away. */
  readonly remove: () => void
}

/**
 * The small file that every call reads, what answers any call about its day, what goes on from there, and what chooses
 * models.
 */
export type CacheName = 'cache' | 'day' | 'fold' | 'routing'
export type CacheContent = Readonly<Record<'cache' | 'day', object>> & {
  /** Null where that which is there stays. */
  readonly fold: object | null
  /** Left out where that which is there stays. */
  readonly routing?: object
}

export type IndexName = 'ids' | 'sessions'

/** The bytes of each index, in parts. */
export type CacheIndexes = Readonly<Record<IndexName, Iterable<Uint8Array>>>

export interface OpenIndex {
  readonly readAt: ReadAt
  readonly close: () => void
}

const DIRECTORY = 'state'
/** While this file exists, somebody is writing; it becomes the new cache. */
const NEW_CACHE = 'cache.new'
/** A writer that takes longer was killed. */
const ABANDONED_MS = 60_000

/** A cache is small: what is larger is none. */
const MOST_BYTES = 32 << 20

/** The cache of the ledger in a directory; `now` is the clock in epoch milliseconds. */
export function cacheFiles(ledgerDirectory: string, now: () => number): CacheFiles {
  const directory = join(ledgerDirectory, DIRECTORY)
  return {
    read: (name) => readOr(null, () => readContent(join(directory, name))),
    openIndex: (name) => readOr(null, () => openIndex(join(directory, name))),
    write: (content, indexes) => readOr(false, () => writeAll(directory, content, indexes, now())),
    remove: () => readOr(undefined, () => unlinkSync(join(directory, 'cache'))),
  }
}

function readOr<Value>(otherwise: Value, read: () => Value): Value {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/**
 * Each file says the same thing twice, and is believed when both halves are alike: the system compares them in no time,
 * while a checksum of twenty kilobytes takes a process that has just started over a millisecond.
 */
function readContent(path: string): unknown {
  const fd = openPlainly(path)
  try {
    const stat = fstatSync(fd, { bigint: true })
    if (stat.size > MOST_BYTES) return null
    const bytes = Buffer.allocUnsafe(Number(stat.size))
    const half = bytes.length / 2
    if (readSync(fd, bytes, 0, bytes.length, 0) !== bytes.length || bytes.length % 2 !== 0) return null
    if (!bytes.subarray(0, half).equals(bytes.subarray(half))) return null
    const { self, content } = JSON.parse(bytes.toString('utf8', 0, half))
    // One that was copied, restored or came with a cloned repository was not made from these files here.
    return self === selfOf(stat) ? content : null
  } finally {
    closeSync(fd)
  }
}

function openIndex(path: string): OpenIndex {
  const fd = openPlainly(path)
  return {
    readAt: (bytes, at) => readSync(fd, bytes, 0, bytes.length, at),
    close: () => closeSync(fd),
  }
}

function writeAll(
  directory: string,
  { cache, day, fold, routing }: CacheContent,
  indexes: CacheIndexes | null,
  now: number,
): boolean {
  makeStateDirectory(directory)
  const path = join(directory, NEW_CACHE)
  const fd = openNew(path, now)
  if (fd === null) return false
  try {
    if (indexes !== null) {
      for (const name of ['ids', 'sessions'] as const) replaceFile(directory, name, () => indexes[name])
    }
    replaceFile(directory, 'day', (file) => encoded(file, day))
    if (fold !== null) replaceFile(directory, 'fold', (file) => encoded(file, fold))
    if (routing !== undefined) replaceFile(directory, 'routing', (file) => encoded(file, routing))
    writeParts(fd, encoded(fd, cache))
    putInPlace(fd, path, join(directory, 'cache'))
    return true
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

/** Only in a real directory: a link that came with a repository could lead anywhere. */
export function makeStateDirectory(directory: string): void {
  if (lstatSync(dirname(directory)).isSymbolicLink()) throw new Error(`${directory} is behind a link`)
  const stat = lstatSync(directory, { throwIfNoEntry: false })
  if (stat === undefined) {
    // Several may begin at once: whoever comes second finds it made.
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } else if (!stat.isDirectory()) throw new Error(`${directory} is not a directory`)
  const hidden = join(directory, '.gitignore')
  if (lstatSync(hidden, { throwIfNoEntry: false }) === undefined) {
    try {
      hideFromGit(directory)
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error
    }
  }
}

/** Opens the file that only one process can make; null while another has it. */
function openNew(path: string, now: number): number | null {
  try {
    return openSync(path, 'wx', 0o600)
  } catch {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    // Removed only: the next call makes it, so that two that find it abandoned do not both write.
    if (stat !== undefined && now - stat.mtimeMs > ABANDONED_MS) unlinkSync(path)
    return null
  }
}

/** Writes a new file and puts it in the place of the old one. */
export function replaceFile(
  directory: string,
  name: string,
  partsOf: (fd: number) => Iterable<Uint8Array>,
): void {
  const path = join(directory, `${name}.new`)
  // Never into a file that is there: it may be somebody's by another name.
  rmSync(path, { force: true })
  const fd = openSync(path, 'wx', 0o600)
  try {
    writeParts(fd, partsOf(fd))
    putInPlace(fd, path, join(directory, name))
  } finally {
    closeSync(fd)
  }
}

/** Unless somebody who took us for dead has another file there by now. */
function putInPlace(fd: number, path: string, place: string): void {
  if (fstatSync(fd, { bigint: true }).ino !== lstatSync(path, { bigint: true }).ino) {
    throw new Error(`${path} is somebody else's`)
  }
  renameSync(path, place)
}

function writeParts(fd: number, parts: Iterable<Uint8Array>): void {
  for (const part of parts) {
    for (let at = 0; at < part.length;) at += writeSync(fd, part, at)
  }
}

function encoded(fd: number, content: object): readonly Uint8Array[] {
  const self = selfOf(fstatSync(fd, { bigint: true }))
  const half = Buffer.from(`${JSON.stringify({ self, content })}\n`)
  return [half, half]
}

function selfOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`
}
