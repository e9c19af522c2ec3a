import type { BilledProject, Rate } from './billing.ts'
import { hasDayIn } from './expense.ts'
import { type Money, NO_MONEY, picodollarsOf, scaleHalfEven } from './money.ts'

/** What was used under a project code in a month. */
export interface BilledUse {
  readonly usd: Money
  /** True when something in it could not be priced: then the truth is `≥ usd`. */
  readonly lowerBound: boolean
  /** Sessions that began in the month: one that goes on in the next is charged once. */
  readonly begun: number
}

/** What somebody is charged for use, which may be more than the amount. */
export interface Charge {
  readonly usd: Money
  readonly lowerBound: boolean
}

const NOTHING: Charge = { usd: NO_MONEY, lowerBound: false }

/** What is charged for the use of models in a month; null where nobody has said how much that is. */
export function chargeFor(project: BilledProject, use: BilledUse, month: number): Charge | null {
  return project.rate === null ? null : chargeBy(project.rate, hasDayIn(project, month), use)
}

function chargeBy(rate: Rate, hasBegun: boolean, { usd, lowerBound, begun }: BilledUse): Charge | null {
  switch (rate.method) {
    case 'internal':
      return NOTHING
    case 'api':
      return { usd: inCents(usd), lowerBound }
    case 'retainer':
      // Without a fee it is billed elsewhere: here it is told what the use was.
      return hasBegun ? { usd: rate.fee ?? NO_MONEY, lowerBound: false } : NOTHING
    case 'subscription':
      return rate.perSession === null
        ? null
        : { usd: picodollarsOf(rate.perSession * BigInt(begun)), lowerBound: false }
  }
}

/** To the next cent, half to the even one: what stands on a bill has to add up. */
export function inCents(amount: Money): Money {
  return picodollarsOf(scaleHalfEven(amount, 1n, CENT) * CENT)
}

const CENT = 10n ** 10n
