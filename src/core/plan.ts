import { type Money, ratioOf } from './money.ts'

/** A plan of a provider that is paid by the month. */
export interface Plan {
  readonly plan: string
  /** For a month; null where nobody has said it. */
  readonly fee: Money | null
}

/** What a month's fee for a plan was good for. */
export interface PlanUse extends Plan {
  /** What the use of the month would have cost by the token. */
  readonly apiEquivalent: Money
  /** True when it may be more. */
  readonly lowerBound: boolean
  /** apiEquivalent / fee, floored to six decimals: from 1 on the plan is the cheaper way. Null without a fee. */
  readonly ratio: number | null
}

/** Holds a plan's fee against what the same use costs by the token. */
export function planUse(
  { plan, fee }: Plan,
  month: { readonly usd: Money; readonly lowerBound: boolean },
): PlanUse {
  const { usd, lowerBound } = month
  return { plan, fee, apiEquivalent: usd, lowerBound, ratio: fee === null ? null : ratioOf(usd, fee) }
}
