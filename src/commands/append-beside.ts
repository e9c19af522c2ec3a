import { join } from 'node:path'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { ownPlace } from './own-place.ts'

/**
 * Appends a line to a file beside a ledger, which may be all there is yet. Throws `NotSaved`, also for a project's
 * directory that is a symbolic link: it may have come with a cloned repository, and may lead anywhere.
 */
export function appendBeside(
  place: LedgerPlace,
  name: string,
  line: string,
  { ledger, files }: Pick<System, 'ledger' | 'files'>,
): void {
  const { directory } = ownPlace(place, { files }, 'saved')
  ledger.createDirectory(directory)
  ledger.append(join(directory, name), line, 'none')
}
