import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'

/** Waits for whoever imports into a ledger; the answer lets the next one. Throws `NotSaved`. */
export async function takeTurn(
  directory: string,
  { ledger, imports }: Pick<System, 'ledger' | 'imports'>,
): Promise<() => void> {
  ledger.createDirectory(directory)
  const release = await imports(directory).lockInTurn()
  if (release !== null) return release
  throw new NotSaved(
    `another import has been at work for minutes, nothing was imported: end it, or remove ${directory}/state/import.lock`,
  )
}
