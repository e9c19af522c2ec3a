import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import type { Invocation } from './command.ts'
import { ownPlace } from './own-place.ts'
import { placeWords } from './place-words.ts'

/** Forgotten after minutes, should the one who set out never have come to an end. */
const CLAIM = 'read'

/**
 * Has another process read the ledger and write the cache, so that the next call need not: one at a time. Throws
 * `NotSaved`, and system errors.
 */
export function readSoon(
  invocation: Invocation,
  place: LedgerPlace,
  system: Pick<System, 'background' | 'claims' | 'environment' | 'files'>,
): void {
  const claims = system.claims(ownPlace(place, system, 'saved').directory)
  if (!claims.take(CLAIM)) return
  const words = ['check', '--quiet', ...placeWords(invocation)]
  if (!system.background.start(words, system.environment.workingDirectory)) claims.giveUp(CLAIM)
}
