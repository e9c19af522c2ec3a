import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const LONGEST = 500

/** Where hooks tell what went wrong: an agent's user sees none of it, and must not be stopped by it. */
export type ErrorLog = (ledgerDirectory: string, error: unknown) => void

/** Appends one line to `errors.log`. Never throws: there is nobody left to tell. */
export function logError(ledgerDirectory: string, error: unknown, now: () => number): void {
  try {
    const message = error instanceof Error ? error.message : String(error)
    const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants
    const fd = openSync(
      join(ledgerDirectory, 'errors.log'),
      O_WRONLY | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0),
      0o600,
    )
    writeSync(fd, `${new Date(now()).toISOString()} ${message.replaceAll(/\s+/g, ' ').slice(0, LONGEST)}\n`)
    closeSync(fd)
  } catch {
    // Nor here.
  }
}
