import { hostname } from 'node:os'
import { join } from 'node:path'
import { kill } from 'node:process'
import { makeStateDirectory } from './cache-files.ts'
import { errnoOf } from './errno.ts'
import { NotSaved } from './ledger-append.ts'
import { type FoundLock, type LockFile, lookAtLock, makeLock, takeAway } from './lock-file.ts'

/** The turn of one importer. */
export interface ImportLock {
  /** To be called often while there is work: who has not done so for a minute has lost the turn. */
  readonly refresh: () => void
  readonly release: () => void
}

/** So long it takes at most to write one's name into a lock: who has not is dead. */
const UNSIGNED_MS = 5000

const REFRESH_MS = 5000

/**
 * Whoever is at work has refreshed a lock by then: its machine went away, or its number belongs to somebody else now. Who
 * read one transcript for longer, or slept, only shares the work: records with one id are one.
 */
const ABANDONED_MS = 60_000

const TURN_MS = 50
const PATIENCE_MS = 120_000

/**
 * As `lockImports`, after whoever has the lock; null when that takes longer than two minutes. `onWait` is told who that
 * is, again and again: `pid 17`.
 */
export async function lockImportsInTurn(
  ledgerDirectory: string,
  now: () => number,
  onWait: (holder: string) => void,
): Promise<ImportLock | null> {
  const end = now() + PATIENCE_MS
  for (;;) {
    const lock = lockImports(ledgerDirectory, now)
    if (lock !== null || now() > end) return lock
    onWait(holderOf(ledgerDirectory))
    // oxlint-disable-next-line no-await-in-loop -- waiting is the point
    await new Promise((resolve) => setTimeout(resolve, TURN_MS))
  }
}

/**
 * Takes the lock of a ledger's importers: one at a time, so that none reads what another is about to save. Null while
 * somebody who is at work has it. Throws `NotSaved` where it cannot be taken at all.
 */
export function lockImports(ledgerDirectory: string, now: () => number): ImportLock | null {
  const directory = join(ledgerDirectory, 'state')
  try {
    makeStateDirectory(directory)
    const file = lockIn(pathIn(ledgerDirectory), now())
    return file === null ? null : importLock(file, now)
  } catch (error) {
    const reason = errnoOf(error) || (error instanceof Error ? error.message : String(error))
    throw new NotSaved(
      `${directory} cannot be written to (${reason}), nothing was imported: look at the disk, or choose another place with --dir`,
    )
  }
}

function pathIn(ledgerDirectory: string): string {
  return join(ledgerDirectory, 'state', 'import.lock')
}

function lockIn(path: string, now: number): LockFile | null {
  const made = makeLock(path)
  if (made !== null) return made
  const found = lookAtLock(path)
  // What cannot be seen was released just now.
  if (found === null || isHeld(found, now) || !takeAway(path, found)) return null
  return makeLock(path)
}

function importLock(file: LockFile, now: () => number): ImportLock {
  let refreshedAt = now()
  return {
    refresh() {
      const instant = now()
      if (Math.abs(instant - refreshedAt) < REFRESH_MS) return
      refreshedAt = instant
      file.touch(instant)
    },
    release: file.remove,
  }
}

function isHeld({ stat, text }: FoundLock, now: number): boolean {
  const age = now - Number(stat.mtimeMs)
  const [owner = '', host = ''] = text.split(' ')
  if (age > (host === '' ? UNSIGNED_MS : ABANDONED_MS)) return false
  if (host === '') return true
  return host !== hostname() || isAlive(Number(owner))
}

/** Whose the lock is, in plain ASCII: `pid 17`, and `on` which machine when it is another one. */
function holderOf(ledgerDirectory: string): string {
  const text = lookAtLock(pathIn(ledgerDirectory))?.text ?? ''
  const [, owner, host] = /^(\d{1,10}) ([\w.-]{1,255})$/.exec(text) ?? []
  if (owner === undefined) return 'pid unknown'
  return host === hostname() ? `pid ${owner}` : `pid ${owner} on ${host}`
}

function isAlive(process: number): boolean {
  try {
    kill(process, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}
