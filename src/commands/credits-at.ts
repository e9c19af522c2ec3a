import { type CreditsLeft, type Opening, openingAt } from '../core/credit.ts'
import { NO_MONEY } from '../core/money.ts'
import { cellsForCredits, isAtMidnight, spentBefore } from '../reports/burn-down.ts'
import { creditsLeft } from '../reports/credits-left.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { MakeFold } from '../system/ledger-reader.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { readCredits } from './credits-file.ts'
import { usageOf } from './read-usage.ts'

/** What a balance is reckoned on. */
export interface CreditsGround {
  readonly accounts: Accounts
  readonly place: LedgerPlace
  /** Later records are left out; null counts them all. */
  readonly until: number | null
  /** Epoch milliseconds. */
  readonly asOf: number
}

/** What is left of prepaid credits; null while no balance is on record. Throws `Unreadable`. */
export function creditsAt(
  ground: CreditsGround,
  system: Pick<System, 'files' | 'ledger'>,
): CreditsLeft | null {
  const opening = openingOf(ground, system)
  if (opening === null) return null
  const { accounts, asOf } = ground
  const { calendar } = accounts
  const before = isAtMidnight(opening, calendar)
    ? NO_MONEY
    : spentBefore(usageOf(foldOf({ ...ground, until: opening.since }, opening, system), calendar), opening)
  const fold = foldOf(ground, opening, system)
  return creditsLeft({ usage: usageOf(fold, accounts.calendar), before, asOf }, opening)
}

/** From where the balance is reckoned; null while none is on record. Throws `Unreadable`. */
export function openingOf(
  { place, asOf }: Pick<CreditsGround, 'place' | 'asOf'>,
  system: Pick<System, 'files'>,
): Opening | null {
  return openingAt(readCredits(place, system).entries, asOf)
}

/** The fold that tells what came off a balance. */
export function creditsFold(
  { accounts, asOf, until }: Omit<CreditsGround, 'place'>,
  opening: Opening,
): MakeFold {
  const { dayOf } = accounts.calendar
  return accounts.reportFoldAt(asOf, until, cellsForCredits(dayOf(opening.since), dayOf(asOf)))
}

function foldOf(ground: CreditsGround, opening: Opening, { ledger }: Pick<System, 'ledger'>) {
  const reader = ledger.reader(ground.place.directory, creditsFold(ground, opening))
  try {
    const look = reader.look()
    // A file that seems shorter for a moment is looked at twice.
    return (look.doubtful ? reader.look() : look).fold
  } finally {
    reader.close()
  }
}
