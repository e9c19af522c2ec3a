import { type AlertCause, claimsOf } from '../core/alert.ts'
import { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

// An alert is claimed once somebody was told of it, and not before: on a full disk, or by a process that is killed, it
// would be lost for good. Until then whoever raises it keeps the others from doing so.

type Place = Pick<LedgerPlace, 'directory'>
type ClaimingSystem = Pick<System, 'alertClaims' | 'claims'>

/** True for the one of any number of processes that is to raise it now. Throws system errors where nothing can be claimed. */
export function beginAlert(cause: AlertCause, { directory }: Place, system: ClaimingSystem): boolean {
  const { isTaken, take } = system.alertClaims(directory)
  if (isTaken(cause.claim)) {
    // Of what was raised with it, something may have been left out.
    for (const name of claimsOf(cause)) take(name)
    return false
  }
  const claims = system.claims(directory)
  if (!claims.take(workOn(cause))) return false
  // Somebody else may have come to his end just before.
  if (!isTaken(cause.claim)) return true
  claims.giveUp(workOn(cause))
  return false
}

/** Claims it for all time when somebody was told of it; else leaves it to the next who comes. Throws system errors. */
export function endAlert(
  cause: AlertCause,
  isTold: boolean,
  { directory }: Place,
  system: ClaimingSystem,
): void {
  const { take } = system.alertClaims(directory)
  if (isTold) for (const name of claimsOf(cause)) take(name)
  system.claims(directory).giveUp(workOn(cause))
}

/** Without those that are in the log already: who wrote that was killed before he could claim them. */
export function unrecorded(
  causes: readonly AlertCause[],
  log: string,
  { files }: Pick<System, 'files'>,
): readonly AlertCause[] {
  if (causes.length === 0) return []
  const latest = endOf(log, files)
  return causes.filter(({ claim }) => !latest.includes(`"claim":"${claim}"`))
}

/** Bytes: a hundred alerts. */
const LATEST_BYTES = 64 << 10

function endOf(log: string, files: System['files']): string {
  try {
    return files.readEnd(log, LATEST_BYTES) ?? ''
  } catch (error) {
    // To write to it will say why.
    if (error instanceof Unreadable) return ''
    throw error
  }
}

function workOn({ claim }: AlertCause): string {
  return `raising-${claim}`
}
