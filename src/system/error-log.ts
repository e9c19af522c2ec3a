import { closeSync, constants, lstatSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { troubleOf } from '../core/hook-troubles.ts'
import { safeText } from '../core/safe-text.ts'
import { systemFiles } from './file-system.ts'

const LONGEST = 500

/** The older half of what can be told makes room: hooks are called thousands of times a day. */
const LARGEST_BYTES = 512 << 10

/** Of the log, so much is looked through for what was told already: the latest dozens of lines. */
const LATEST_BYTES = 16 << 10

/** What goes on is told again after an hour. */
const TOLD_MS = 3_600_000

/** Where hooks tell what went wrong: an agent's user sees none of it, and must not be stopped by it. */
export type ErrorLog = (ledgerDirectory: string, error: unknown) => void

/**
 * Appends one line to `errors.log`, unless the same was told within the hour; it never takes more than a megabyte with
 * what came before it. Never throws: there is nobody left to tell.
 */
export function logError(ledgerDirectory: string, error: unknown, now: () => number): void {
  try {
    const told = error instanceof Error ? error.message : String(error)
    const message = safeText(told.trim().replaceAll(/\s+/g, ' ')).slice(0, LONGEST)
    const path = join(ledgerDirectory, 'errors.log')
    if (isTold(path, message, now())) return
    makeRoom(path)
    const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants
    // A pipe without a reader would keep the agent waiting for ever.
    const flags = O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0)
    const fd = openSync(path, flags, 0o600)
    try {
      writeSync(fd, `${new Date(now()).toISOString()} ${message}\n`)
    } finally {
      closeSync(fd)
    }
  } catch {
    // Nor here.
  }
}

function isTold(path: string, message: string, now: number): boolean {
  const latest = systemFiles.readEnd(path, LATEST_BYTES) ?? ''
  return latest.split('\n').some((line) => {
    const trouble = troubleOf(line)
    return trouble?.message === message && Math.abs(now - trouble.timestamp) < TOLD_MS
  })
}

function makeRoom(path: string): void {
  const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LARGEST_BYTES) renameSync(path, `${path}.1`)
}
