import { BUDGET_KINDS, type BudgetKind, type PeriodKind } from '../core/budget.ts'
import { type Money, NO_MONEY, type Share, plus, reaches } from '../core/money.ts'
import { BySession } from './by-session.ts'
import { spanAround } from './day-span.ts'
import { type Spread, spreadOf, tidyAbove } from './spread.ts'
import { type NamedSum, sumsBy } from './sums.ts'
import { type Selection, firstDay } from './usage.ts'

/** Limits that fit a history. */
export interface Suggestion {
  readonly limits: readonly (SuggestedLimit | TooThin)[]
  readonly thresholdWarning: Share
  readonly thresholdCritical: Share
  readonly activeDays: number
  readonly sessions: number
  readonly lowerBound: boolean
  /** By the number of the weekday, Sunday being 0; null where nothing was spent on any. */
  readonly weekdays: readonly (Spread | null)[]
}

export interface SuggestedLimit {
  readonly kind: 'limit'
  readonly of: BudgetKind
  readonly limit: Money
  readonly spread: Spread
  /** Of how many it would have warned, and how many went over it. */
  readonly warned: number
  readonly over: number
}

/** There is too little to go by. */
export interface TooThin {
  readonly kind: 'too-thin'
  readonly of: BudgetKind
  readonly count: number
  readonly needed: number
}

/** What it takes to say what is usual. */
const NEEDED: Readonly<Record<BudgetKind, number>> = { daily: 5, weekly: 3, monthly: 2, per_session: 10 }

const WARNINGS: readonly Share[] = [
  700_000n as Share,
  750_000n as Share,
  800_000n as Share,
  850_000n as Share,
  900_000n as Share,
]
const CRITICAL = 950_000n as Share

/** A warning on more days than one in so many is not listened to. */
const ONE_DAY_IN = 5

/**
 * Limits that nine of ten of the days, whole weeks, whole months and sessions of a selection stayed below, rounded up
 * to tidy amounts. The period that is going on says nothing yet, nor does one that began before the selection.
 */
export function suggestLimits(selection: Selection, today: number): Suggestion {
  const days = sumsBy(selection, (row) => selection.usage.cells.cells.day[row]!)
  const active = spent(days)
  const bySession = new BySession(selection)
  const sessions = bySession.sessions.map((one) => bySession.sumOf(one).usd).filter((usd) => usd > 0n)
  const amounts: Readonly<Record<BudgetKind, readonly Money[]>> = {
    daily: active,
    weekly: wholePeriods('weekly', days, selection, today),
    monthly: wholePeriods('monthly', days, selection, today),
    per_session: sessions,
  }
  const daily = limitOf(active)
  const thresholdWarning = warningFor(active, daily)
  return {
    limits: BUDGET_KINDS.map((of) => suggested(of, amounts[of], thresholdWarning)),
    thresholdWarning,
    thresholdCritical: CRITICAL,
    activeDays: active.length,
    sessions: sessions.length,
    lowerBound: selection.undated > 0 || days.some(({ sum }) => sum.lowerBound),
    weekdays: [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
      spreadOf(spent(days.filter(({ key }) => weekdayOf(key) === weekday))),
    ),
  }
}

/** True when nothing at all can be suggested. */
export function isTooThin({ limits }: Suggestion): boolean {
  return limits.every(({ kind }) => kind === 'too-thin')
}

function suggested(of: BudgetKind, amounts: readonly Money[], warning: Share): SuggestedLimit | TooThin {
  const spread = spreadOf(amounts)
  const needed = NEEDED[of]
  if (spread === null || amounts.length < needed)
    return { kind: 'too-thin', of, count: amounts.length, needed }
  const limit = tidyAbove(spread.mostly)
  return {
    kind: 'limit',
    of,
    limit,
    spread,
    warned: amounts.filter((usd) => reaches(usd, limit, warning)).length,
    over: amounts.filter((usd) => usd >= limit).length,
  }
}

function limitOf(amounts: readonly Money[]): Money {
  return tidyAbove(spreadOf(amounts)?.mostly ?? NO_MONEY)
}

/** The lowest that leaves most days alone. */
function warningFor(days: readonly Money[], limit: Money): Share {
  const isQuiet = (share: Share): boolean =>
    days.filter((usd) => reaches(usd, limit, share)).length * ONE_DAY_IN <= days.length
  return WARNINGS.find(isQuiet) ?? WARNINGS.at(-1)!
}

/** What was spent in each period of a kind of which all days are in the selection and over. */
function wholePeriods(
  kind: PeriodKind,
  days: readonly NamedSum<number>[],
  selection: Selection,
  today: number,
): readonly Money[] {
  const { usage, span } = selection
  const begin = span.first === -Infinity ? (firstDay(selection) ?? today) : span.first
  const sums = new Map<number, Money>()
  for (const { key, sum } of days) {
    const { first, next } = spanAround(kind, key, usage.calendar)
    if (first >= begin && next <= today) sums.set(first, plus(sums.get(first) ?? NO_MONEY, sum.usd))
  }
  return [...sums.values()].filter((usd) => usd > 0n)
}

function spent(sums: readonly NamedSum<number>[]): readonly Money[] {
  return sums.flatMap(({ sum }) => (sum.usd > 0n ? [sum.usd] : []))
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}
