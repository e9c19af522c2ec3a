import { type Money, picodollarsOf, roundUp } from '../core/money.ts'

/** How amounts are spread. */
export interface Spread {
  readonly count: number
  /** At least half of them are no more. */
  readonly median: Money
  /** At least nine of ten are no more. */
  readonly mostly: Money
  readonly most: Money
}

/** The spread of some amounts; null for none. */
export function spreadOf(amounts: readonly Money[]): Spread | null {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const most = sorted.at(-1)
  if (most === undefined) return null
  return { count: sorted.length, median: atRank(sorted, 5), mostly: atRank(sorted, 9), most }
}

/** The next amount above one that people would write down: two digits, the second of them 0 or 5, a cent or more. */
export function tidyAbove(amount: Money): Money {
  const least = picodollarsOf(amount + 1n)
  let power = CENT
  while (power * 10n <= least) power *= 10n
  return roundUp(least, picodollarsOf(power === CENT ? CENT : power / 2n))
}

const CENT = 10n ** 10n

/** The least amount than which so many tenths are no more. */
function atRank(sorted: readonly Money[], tenths: number): Money {
  return sorted[Math.ceil((sorted.length * tenths) / 10) - 1]!
}
