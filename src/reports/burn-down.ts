import type { Opening } from '../core/credit.ts'
import type { Calendar } from '../core/calendar.ts'
import type { SessionCellOptions } from '../core/session-cells.ts'
import { type Money, NO_MONEY, minus, scaleHalfEven } from '../core/money.ts'
import { sumsBy, totalOf } from './sums.ts'
import { EVERYTHING, type Filter, type Usage, firstDay, select } from './usage.ts'

/** A ledger as it is, and what of it is older than a balance. */
export interface BurningLedger {
  readonly usage: Usage
  /** What was spent on the day of the opening before it; nothing when that was at midnight. */
  readonly before: Money
  /** Epoch milliseconds. */
  readonly asOf: number
}

/** The days before today whose spend says how fast a balance goes down, and how many of them must have any. */
const RATE_DAYS = 28
const FEWEST_DAYS = 3

/** Nobody foretells more than ten years. */
const FARTHEST = 3650

/** What of a ledger must be told by the day for a balance that was opened on a day. */
export function cellsForCredits(opening: number, today: number): SessionCellOptions {
  return { from: Math.min(opening, today - RATE_DAYS, today - LONGEST_MONTH), labels: 'usual' }
}

const LONGEST_MONTH = 31

/** A day on which something was spent or credited. */
export interface BurntDay {
  readonly day: number
  readonly usd: Money
  readonly lowerBound: boolean
}

/** Whether nothing of the day of an opening came before it: days are told as a whole. */
export function isAtMidnight({ since }: Opening, calendar: Calendar): boolean {
  return calendar.startOfDay(calendar.dayOf(since)) === since
}

/** What was spent on the day of the opening, of a ledger as it was then. */
export function spentBefore(atOpening: Usage, opening: Opening): Money {
  const span = { first: atOpening.calendar.dayOf(opening.since), next: Infinity }
  return totalOf(select(atOpening, span, filterOf(opening))).usd
}

/** Day by day what came off the balance; of the first day only what came after the opening. */
export function burnDown({ usage, before }: BurningLedger, opening: Opening): readonly BurntDay[] {
  const { calendar } = usage
  const span = { first: calendar.dayOf(opening.since), next: Infinity }
  const selection = select(usage, span, filterOf(opening))
  const days = sumsBy(selection, dayOf(usage)).map(({ key: day, sum }) => ({
    day,
    usd: day === span.first ? minus(sum.usd, before) : sum.usd,
    lowerBound: sum.lowerBound,
  }))
  const credited = opening.entries.map(({ timestamp }) => calendar.dayOf(timestamp))
  const idle = new Set(credited.filter((day) => !days.some((one) => one.day === day)))
  const all = [...days, ...[...idle].map((day) => ({ day, usd: NO_MONEY, lowerBound: false }))]
  return all.toSorted((a, b) => a.day - b.day)
}

/** What a day of the last four weeks cost on average, idle ones included; null when too few had any spend. */
export function ratePerDay({ usage, asOf }: BurningLedger, opening: Opening): Money | null {
  const today = usage.calendar.dayOf(asOf)
  const selection = select(usage, { first: today - RATE_DAYS, next: today }, filterOf(opening))
  const first = firstDay(selection)
  const days = sumsBy(selection, dayOf(usage))
  if (first === null || days.filter(({ sum }) => sum.usd > 0n).length < FEWEST_DAYS) return null
  return scaleHalfEven(totalOf(selection).usd, 1n, BigInt(today - first))
}

/** Whole days; null when nothing goes down, nothing is left, or nobody will live to see the end. */
export function daysLeft(balance: Money, perDay: Money): number | null {
  if (balance <= 0n || perDay <= 0n || balance / perDay > FARTHEST) return null
  return Number(balance / perDay)
}

function dayOf({ cells: { cells } }: Usage): (row: number) => number {
  return (row) => cells.day[row]!
}

function filterOf({ model }: Opening): Filter {
  return model === null ? EVERYTHING : { scope: { model }, session: null }
}
