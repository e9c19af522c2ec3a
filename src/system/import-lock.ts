import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { kill, pid } from 'node:process'
import { makeStateDirectory } from './cache-files.ts'
import { errnoOf } from './errno.ts'
import { NotSaved } from './ledger-append.ts'

/** So long it takes at most to write one's name into a lock: who has not is dead. */
const UNSIGNED_MS = 5000

/** An import that has not ended by then will not: its machine went away, or its number belongs to somebody else now. */
const ABANDONED_MS = 15 * 60_000

const TURN_MS = 50
const PATIENCE_MS = 120_000

/** As `lockImports`, after whoever has the lock; null when that takes longer than two minutes. */
export async function lockImportsInTurn(
  ledgerDirectory: string,
  now: () => number,
): Promise<(() => void) | null> {
  const end = now() + PATIENCE_MS
  for (;;) {
    const release = lockImports(ledgerDirectory, now())
    if (release !== null || now() > end) return release
    // oxlint-disable-next-line no-await-in-loop -- waiting is the point
    await new Promise((resolve) => setTimeout(resolve, TURN_MS))
  }
}

/**
 * Takes the lock of a ledger's importers: one at a time, so that none reads what another is about to save. Returns what
 * releases it, or null while a living process holds it. Throws `NotSaved` where it cannot be taken at all.
 */
export function lockImports(ledgerDirectory: string, now: number): (() => void) | null {
  const directory = join(ledgerDirectory, 'state')
  try {
    return lockIn(directory, now)
  } catch (error) {
    const reason = errnoOf(error) || (error instanceof Error ? error.message : String(error))
    throw new NotSaved(
      `${directory} cannot be written to (${reason}), nothing was imported: look at the disk, or choose another place with --dir`,
    )
  }
}

function lockIn(directory: string, now: number): (() => void) | null {
  makeStateDirectory(directory)
  const path = join(directory, 'import.lock')
  if (take(path)) return () => rmSync(path, { force: true })
  if (isHeld(path, now)) return null
  // Renaming takes it away from one process only, so that two that find it abandoned do not both go on.
  try {
    renameSync(path, `${path}.${pid}`)
    rmSync(`${path}.${pid}`, { force: true })
  } catch {
    return null
  }
  return take(path) ? () => rmSync(path, { force: true }) : null
}

function take(path: string): boolean {
  let fd: number
  try {
    fd = openSync(path, 'wx', 0o600)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
  try {
    writeSync(fd, `${pid} ${hostname()}\n`)
    return true
  } catch (error) {
    // On a full disk it would stay behind without a name, and nobody could tell that it is nobody's.
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

function isHeld(path: string, now: number): boolean {
  try {
    const age = now - statSync(path).mtimeMs
    const [owner = '', host = ''] = readFileSync(path, 'utf8').trim().split(' ')
    if (age > (host === '' ? UNSIGNED_MS : ABANDONED_MS)) return false
    if (host === '') return true
    return host !== hostname() || isAlive(Number(owner))
  } catch {
    // It was released just now.
    return true
  }
}

function isAlive(process: number): boolean {
  try {
    kill(process, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}
