import { type Money, NO_MONEY } from './money.ts'

const WEEK = 7

/** On fewer days with spend nobody's habits show. */
const FEWEST_ACTIVE_DAYS = 3

/** A single week is no habit either. */
const FEWEST_WEEKS = 2

/** How days may go, as one stretch of the past did: the amount of the day that begins so many days from today. */
export type Course = (daysAhead: number) => Money

/**
 * How the days from today on may go, each course as likely as any other: as in each of the last weeks, weekday by
 * weekday; while there are fewer than two whole weeks, as on each day so far. None when fewer than three days had any
 * spend. `days` are the days before today, oldest first; what lies before the first spend is not known.
 */
export function coursesOf(days: readonly Money[]): readonly Course[] {
  const first = days.findIndex((usd) => usd > 0n)
  const known = first < 0 ? [] : days.slice(first).map(withoutDebt)
  if (known.filter((usd) => usd > 0n).length < FEWEST_ACTIVE_DAYS) return []
  const weeks = Math.floor(known.length / WEEK)
  if (weeks < FEWEST_WEEKS) return known.map((usd) => () => usd)
  return Array.from({ length: weeks }, (_, week) => (daysAhead: number) => {
    const daysAgo = (week + 1) * WEEK - (daysAhead % WEEK)
    return known[known.length - daysAgo] ?? NO_MONEY
  })
}

/** A correction may have given a day more back than it cost: no day is to be expected to do so. */
function withoutDebt(usd: Money): Money {
  return usd < 0n ? NO_MONEY : usd
}
