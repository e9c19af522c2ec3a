import { join } from 'node:path'
import { type CreditEntry, type CreditLog, creditLine, parseCredits } from '../core/credit.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { appendBeside } from './append-beside.ts'

const NAME = 'credits.jsonl'

/** Bytes of it that are read, from its end: some eight thousand entries. */
const MOST_BYTES = 1 << 20

/** What was prepaid, as it is on record beside a ledger. Throws `Unreadable`. */
export function readCredits({ directory }: LedgerPlace, { files }: Pick<System, 'files'>): CreditLog {
  return parseCredits(files.readEnd(join(directory, NAME), MOST_BYTES) ?? '')
}

/** Puts an entry on record, which may be all there is beside the ledger yet. Throws `NotSaved`. */
export function appendCredit(
  place: LedgerPlace,
  entry: CreditEntry,
  system: Pick<System, 'ledger' | 'files'>,
): void {
  appendBeside(place, NAME, creditLine(entry), system)
}
