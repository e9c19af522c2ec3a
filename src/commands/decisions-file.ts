import { join } from 'node:path'
import { NotSaved } from '../system/ledger-append.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

const NAME = 'decisions.jsonl'

/** Bytes of it that are looked through when all of it is meant: some twenty thousand downgrades. */
export const MOST_DECISIONS = 8 << 20

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
export function appendDecision(
  { directory, explicit, projectDirectory }: LedgerPlace,
  line: string,
  { ledger, files }: Pick<System, 'ledger' | 'files'>,
): void {
  if (!explicit && projectDirectory !== null && files.isLink(directory)) {
    throw new NotSaved(
      `${directory} is a symbolic link, nothing was saved: name it with --dir if it leads where you want`,
    )
  }
  ledger.append(join(directory, NAME), line, 'none')
}
