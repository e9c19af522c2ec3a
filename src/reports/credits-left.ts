import type { CreditsLeft, Opening } from '../core/credit.ts'
import { NO_MONEY, minus, plus } from '../core/money.ts'
import { type BurningLedger, type BurntDay, burnDown, daysLeft, ratePerDay } from './burn-down.ts'

/** What is left of a balance, and until when it lasts. */
export function creditsLeft(ledger: BurningLedger, opening: Opening): CreditsLeft {
  return leftOf(burnDown(ledger, opening), ledger, opening)
}

/** The same where what came off it is known day by day. */
export function leftOf(burnt: readonly BurntDay[], ledger: BurningLedger, opening: Opening): CreditsLeft {
  const { calendar } = ledger.usage
  const spent = burnt.reduce((sum, { usd }) => plus(sum, usd), NO_MONEY)
  const left = minus(opening.credited, spent)
  const perDay = ratePerDay(ledger, opening)
  const days = perDay === null ? null : daysLeft(left, perDay)
  const until = days === null ? null : calendar.startOfDay(calendar.dayOf(ledger.asOf) + days)
  return { left, upperBound: burnt.some(({ lowerBound }) => lowerBound), days, until }
}
