import type { ImportLock } from '../system/import-lock.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'

/** The turn to import into a ledger, where nobody has it; releasing the answer lets the next one. Throws `NotSaved`. */
export function beginTurn(
  directory: string,
  { ledger, imports }: Pick<System, 'ledger' | 'imports'>,
): ImportLock | null {
  ledger.createDirectory(directory)
  return imports(directory).lock()
}

/** Waits for whoever imports into a ledger, and says so; releasing the answer lets the next one. Throws `NotSaved`. */
export async function takeTurn(
  directory: string,
  { ledger, imports, progress }: Pick<System, 'ledger' | 'imports' | 'progress'>,
): Promise<ImportLock> {
  ledger.createDirectory(directory)
  const lock = await imports(directory)
    .lockInTurn((holder) => progress.show(`waiting for another import (${holder})`))
    .finally(() => progress.clear())
  if (lock !== null) return lock
  throw new NotSaved(
    `another import has been at work for minutes, nothing was imported: end it, or remove ${directory}/state/import.lock`,
  )
}
