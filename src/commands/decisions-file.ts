import { join } from 'node:path'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { LedgerPort } from '../system/ledger.ts'
import type { System } from '../system/system.ts'
import { ownPlace } from './own-place.ts'

const NAME = 'decisions.jsonl'

/** Bytes of it that are looked through when all of it is meant: some twenty thousand downgrades. */
export const MOST_DECISIONS = 8 << 20

/** As much of a system as appends. */
export type AppendingSystem = Pick<System, 'files'> & { readonly ledger: Pick<LedgerPort, 'append'> }

/**
 * The whole lines at the end of the decisions beside a ledger, in at most so many bytes; `''` when there is none.
 * Throws `Unreadable`.
 */
export function readDecisions(
  place: LedgerPlace,
  mostBytes: number,
  { files }: Pick<System, 'files'>,
): string {
  return files.readEnd(join(place.directory, NAME), mostBytes) ?? ''
}

/**
 * Appends a line to the decisions beside a ledger. Throws `NotSaved`, also for a project's directory that is a symbolic
 * link: it may have come with a cloned repository, and may lead anywhere.
 */
export function appendDecision(place: LedgerPlace, line: string, { ledger, files }: AppendingSystem): void {
  ledger.append(join(ownPlace(place, { files }, 'saved').directory, NAME), line, 'none')
}
