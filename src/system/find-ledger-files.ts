import { type BigIntStats, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from './errno.ts'
import { Unreadable } from './file-system.ts'
import { inLedgerOrder, isLedgerFile } from './ledger-place.ts'

/** The files of a ledger by path, in ledger order; none where there is no directory. Throws `Unreadable`. */
export function findLedgerFiles(directory: string): ReadonlyMap<string, BigIntStats> {
  const found = new Map<string, BigIntStats>()
  for (const name of inLedgerOrder(namesIn(directory))) {
    const path = join(directory, name)
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (stat !== undefined) found.set(path, stat)
  }
  return found
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter(isLedgerFile)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') return []
    const fix = errno === 'ENOTDIR' ? 'move it away' : 'give this user the right to read it'
    throw new Unreadable(
      directory,
      errno === 'ENOTDIR' ? 'is not a directory' : `cannot be read (${errno})`,
      fix,
    )
  }
}
