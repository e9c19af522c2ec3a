import { type Override, overrideLine } from '../core/override.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { appendOverride } from './overrides-file.ts'

/** Puts overrides on record, all of them or none, and says so. */
export function saveOverrides(
  overrides: readonly Override[],
  said: string,
  place: LedgerPlace,
  system: Pick<System, 'ledger' | 'files'>,
): Result {
  try {
    appendOverride(place, overrides.map(overrideLine).join('\n'), system)
    return success(said)
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error
    return { stdout: '', stderr: `ai-costs: ${safeText(error.message)}\n`, exitCode: EXIT.notSaved }
  }
}
