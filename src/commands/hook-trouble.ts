import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

/**
 * Puts on record what went wrong in a hook, which neither stops the agent nor is told to it. Never through a project's
 * directory that is a symbolic link: it may have come with a cloned repository.
 */
export function tellTrouble(
  { directory, explicit, projectDirectory }: LedgerPlace,
  error: unknown,
  { errors, files }: Pick<System, 'errors' | 'files'>,
): void {
  if (!explicit && projectDirectory !== null && files.isLink(directory)) return
  errors(directory, error)
}
