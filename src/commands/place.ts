import type { LedgerPlace } from '../system/ledger-place.ts'
import { placeLedger } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { type Invocation, directoryOf } from './command.ts'

/** Where the ledger of a call is, or would be. Throws `UsageError`. */
export function placeOf(
  invocation: Invocation,
  { environment, files }: Pick<System, 'environment' | 'files'>,
): LedgerPlace {
  return placeLedger({
    given: directoryOf(invocation, 'dir'),
    fromVariable: environment.variables['AI_COST_DIR'],
    workingDirectory: environment.workingDirectory,
    home: environment.home,
    isDirectory: files.isDirectory,
  })
}
