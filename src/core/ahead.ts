import { coursesOf } from './courses.ts'
import { type Money, picodollarsOf, roundUp, timeFor } from './money.ts'
import type { Period } from './period.ts'
import type { Snapshot } from './snapshot.ts'
import type { Trail } from './trail.ts'

/** What will have been spent at the end of a period, as the user's last weeks suggest. */
export interface Projection {
  readonly low: Money
  readonly likely: Money
  readonly high: Money
}

/** What is left of a period: the rest of today and the days to come, and what they cost on each course. */
export interface Ahead {
  readonly courses: number
  readonly stretches: readonly Stretch[]
  /** What today costs at the most if it goes on as in the last hour. */
  readonly highest: bigint
}

interface Stretch {
  /** Epoch milliseconds, `to` not included. */
  readonly from: number
  readonly to: number
  /** By course. */
  readonly amounts: readonly bigint[]
  /** Of all courses together, and at least what the last hour makes likely. */
  readonly expected: bigint
}

/** A projection is no more exact than this: $0.0001. */
const GRAIN = picodollarsOf(10n ** 8n)

/** `burn` is what the rest of today costs at the rate of the last hour. Null when the last weeks say too little. */
export function aheadOf(
  { asOf, periods, daysToCome }: Snapshot,
  period: Period,
  { days, today }: Trail,
  burn: { readonly likely: Money; readonly highest: Money },
): Ahead | null {
  const courses = coursesOf(days)
  if (courses.length === 0) return null
  const starts = daysToCome.filter((start) => start < period.end)
  const ends = [...starts.slice(1), period.end]
  const rest = courses.map((course) => atLeast(course(0) - today, 0n))
  const likely = burn.likely * BigInt(courses.length)
  const stretches = starts.map((from, nth) => {
    const amounts = courses.map((course) => course(nth + 1))
    return { from, to: ends[nth]!, amounts, expected: sum(amounts) }
  })
  return {
    courses: courses.length,
    stretches: [
      { from: asOf, to: periods.daily.end, amounts: rest, expected: atLeast(sum(rest), likely) },
      ...stretches,
    ],
    highest: burn.highest,
  }
}

/** What will have been spent, when so much is spent already. Never less than that. */
export function projected(spent: Money, { courses, stretches, highest }: Ahead): Projection {
  const totals = Array.from({ length: courses }, (_, nth) =>
    sum(stretches.map(({ amounts }) => amounts[nth]!)),
  )
  const count = BigInt(courses)
  const likely = sum(stretches.map(({ expected }) => expected)) / count
  const atFullSpeed = highest + sum(stretches.slice(1).map(({ expected }) => expected)) / count
  const high = [likely, atFullSpeed].reduce(atLeast, totals.reduce(atLeast))
  const low = totals.reduce((least, total) => (total < least ? total : least))
  const at = (amount: bigint): Money => roundUp(picodollarsOf(spent + amount), GRAIN)
  return { low: at(low), likely: at(likely), high: at(high) }
}

/** The instant at which so much more will have been spent as is expected; Infinity when not in this period. */
export function reachedOn({ courses, stretches }: Ahead, room: Money): number {
  let left = room * BigInt(courses)
  for (const { from, to, expected } of stretches) {
    if (left <= expected) return from + timeFor(picodollarsOf(left), picodollarsOf(expected), to - from)
    left -= expected
  }
  return Infinity
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}

function atLeast(amount: bigint, least: bigint): bigint {
  return amount > least ? amount : least
}
