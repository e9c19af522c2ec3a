import { type LoggedEntry, loggedEntries } from '../core/alert-log.ts'
import { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

/** Of the log, what is looked at for the latest entries. */
const MOST_BYTES = 16 << 10

/** The latest entries of the log of alerts, the newest first; none when it cannot be read. */
export function latestEntries(path: string, files: Pick<System['files'], 'readEnd'>): readonly LoggedEntry[] {
  try {
    return loggedEntries(files.readEnd(path, MOST_BYTES) ?? '')
  } catch (error) {
    if (error instanceof Unreadable) return []
    throw error
  }
}

/** The latest of them that was raised. */
export function latestRaised(entries: readonly LoggedEntry[]): LoggedEntry | null {
  return entries.find(({ kind }) => kind !== 'undelivered') ?? null
}

/** The alert that was raised last before an instant; null when nobody knows of one. */
export function latestAlert(
  { directory }: LedgerPlace,
  file: string,
  asOf: number,
  { alertLog, files }: Pick<System, 'alertLog' | 'files'>,
): LoggedEntry | null {
  const entries = latestEntries(alertLog(directory, file).path, files)
  return latestRaised(entries.filter(({ timestamp }) => timestamp <= asOf))
}
