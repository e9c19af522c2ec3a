import { type Money, NO_MONEY, minus, overTime, picodollarsOf, scaleHalfEven, timeFor } from './money.ts'
import { type Ahead, type Projection, aheadOf, projected, reachedOn } from './ahead.ts'
import type { Period } from './period.ts'
import type { Snapshot } from './snapshot.ts'
import { type Trail, latestMinutes, trailOf } from './trail.ts'
import type { Verdict } from './verdict.ts'

/** What is to be expected of a budget; null wherever too little is known to tell. */
export interface Forecast {
  /** What the last hour cost; null when it has fewer than two minutes with spend, or they are younger than ten. */
  readonly burnPerHour: Money | null
  /** What will have been spent at the end of the period; null before three days with spend. */
  readonly projected: Projection | null
  /** When the limit will be reached, in epoch milliseconds; null when it already is, or will not be. */
  readonly limitReachedAt: number | null
  /** What an hour may cost from now on for the period to stay inside the limit; null where there is no period. */
  readonly safePerHour: Money | null
}

/** Nothing to tell: of a session, of which nobody knows when it ends. */
export const NO_FORECAST: Forecast = {
  burnPerHour: null,
  projected: null,
  limitReachedAt: null,
  safePerHour: null,
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A single burst says nothing about an hour. */
const FEWEST_MINUTES = 2
const SHORTEST_WORK = 10 * MINUTE

/** Nobody stops this very instant: it is likely to go on for an hour, and at most for a day of work. */
const LIKELY_STRETCH = HOUR
const LONGEST_STRETCH = 8 * HOUR

/**
 * What is to be expected of a budget, from the last hour and the user's own last four weeks. More spend never makes
 * less of it, and never a later limit.
 */
export function forecastOf({ budget, period, spent }: Verdict, snapshot: Snapshot): Forecast {
  const trail = trailOf(snapshot.trails, budget.scope)
  if (period === null || trail === undefined) return NO_FORECAST
  const { asOf } = snapshot
  const burnPerHour = burnOf(trail, asOf)
  const ahead = aheadOf(snapshot, period, trail, {
    likely: burnWithin(burnPerHour, LIKELY_STRETCH, snapshot),
    highest: burnWithin(burnPerHour, LONGEST_STRETCH, snapshot),
  })
  const room = minus(budget.limit, spent)
  return {
    burnPerHour,
    projected: ahead === null ? null : projected(spent, ahead),
    limitReachedAt: room > 0n ? reachedAt(room, burnPerHour, ahead, snapshot) : null,
    safePerHour: safeRate(room, period, asOf),
  }
}

function burnOf(trail: Trail, asOf: number): Money | null {
  const minutes = latestMinutes(trail, asOf)
  const [first] = minutes
  if (first === undefined || minutes.length < FEWEST_MINUTES) return null
  if (asOf - first.minute * MINUTE < SHORTEST_WORK) return null
  const usd = minutes.reduce((sum, minute) => sum + minute.usd, 0n)
  // Corrections may have given back more than was spent.
  return usd > 0n ? picodollarsOf(usd) : null
}

/** What going on at this rate costs, for so long or until the day ends. */
function burnWithin(perHour: Money | null, stretch: number, { asOf, periods }: Snapshot): Money {
  return perHour === null ? NO_MONEY : overTime(perHour, Math.min(stretch, periods.daily.end - asOf))
}

/** Today at the rate of the last hour, or as the last weeks went, whichever is sooner. */
function reachedAt(
  room: Money,
  burnPerHour: Money | null,
  ahead: Ahead | null,
  { asOf, periods }: Snapshot,
): number | null {
  const byBurn = burnPerHour === null ? Infinity : asOf + timeFor(room, burnPerHour, HOUR)
  const within = Math.min(asOf + LONGEST_STRETCH, periods.daily.end)
  const soonest = Math.min(
    byBurn < within ? byBurn : Infinity,
    ahead === null ? Infinity : reachedOn(ahead, room),
  )
  // A clock on the wall shows no seconds, and nothing is reached before now.
  return soonest === Infinity ? null : Math.max(asOf, Math.floor(soonest / MINUTE) * MINUTE)
}

/** Of the last hour of a period no more than what is left, as if it were a whole one. */
function safeRate(room: Money, { end }: Period, asOf: number): Money {
  if (room <= 0n) return NO_MONEY
  return scaleHalfEven(room, BigInt(HOUR), BigInt(Math.max(HOUR, end - asOf)))
}
