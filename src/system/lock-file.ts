import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { pid } from 'node:process'
import { errnoOf } from './errno.ts'

/** A lock that is ours. It stays open, so that nobody else's file can have its number. */
export interface LockFile {
  /** Says that we are still at work, at an instant in epoch milliseconds; only ever of our own file. */
  readonly touch: (now: number) => void
  /** Removes it, unless somebody took it away and has one of his own there now. Once is enough. */
  readonly remove: () => void
}

/** A lock as it lies there: whose it is, and when that was said last. */
export interface FoundLock {
  readonly stat: BigIntStats
  /** `17 machine`; `''` while it is being written. */
  readonly text: string
}

/** Makes a lock; null where there is one. Throws system errors. */
export function makeLock(path: string): LockFile | null {
  let fd: number
  try {
    fd = openSync(path, 'wx', 0o600)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return null
    throw error
  }
  try {
    writeSync(fd, `${pid} ${hostname()}\n`)
    return lockOf(path, fd)
  } catch (error) {
    // On a full disk it would stay behind without a name, and nobody could tell that it is nobody's.
    closeSync(fd)
    rmSync(path, { force: true })
    throw error
  }
}

/** The lock at a path; null where there is none that can be looked at. */
export function lookAtLock(path: string): FoundLock | null {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  let fd: number
  try {
    fd = openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0))
  } catch {
    return null
  }
  try {
    const bytes = Buffer.alloc(LONGEST)
    const text = bytes.toString('utf8', 0, readSync(fd, bytes, 0, LONGEST, 0)).trim()
    return { stat: fstatSync(fd, { bigint: true }), text }
  } catch {
    return null
  } finally {
    closeSync(fd)
  }
}

/**
 * Takes away a lock that was judged to be nobody's; false when it was not that one, or another process was first. What
 * lies there may have changed since it was judged, and can only be looked at in peace where no other finds it: so it is
 * put aside first. What turns out to be somebody's goes back; where a third took the place meanwhile, two are at work.
 */
export function takeAway(path: string, judged: FoundLock): boolean {
  const aside = `${path}.${pid}`
  try {
    renameSync(path, aside)
  } catch {
    return false
  }
  const found = lookAtLock(aside)
  const isIt =
    found !== null &&
    isSameFile(found.stat, judged.stat) &&
    found.stat.mtimeNs === judged.stat.mtimeNs &&
    found.text === judged.text
  if (!isIt) putBack(aside, path)
  rmSync(aside, { force: true })
  return isIt
}

/** More than a number and the name of a machine. */
const LONGEST = 512

function lockOf(path: string, fd: number): LockFile {
  const own = fstatSync(fd, { bigint: true })
  let isOver = false
  return {
    touch(now) {
      if (!isOver) futimesSync(fd, now / 1000, now / 1000)
    },
    remove() {
      if (isOver) return
      isOver = true
      const there = lstatSync(path, { bigint: true, throwIfNoEntry: false })
      closeSync(fd)
      if (there !== undefined && isSameFile(there, own)) rmSync(path, { force: true })
    },
  }
}

/** A link does not replace what is there, as a rename would. */
function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path)
  } catch {
    // Its holder has lost it, and notices when he removes it.
  }
}

function isSameFile(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino
}
