import { type Money, picodollarsOf } from './money.ts'

/** Picodollars as plain JSON: decimal text where no number holds them. */
export type SavedAmount = string | number

export function saveAmount(usd: Money): SavedAmount {
  const number = Number(usd)
  return Number.isSafeInteger(number) ? number : String(usd)
}

export function restoreAmount(amount: SavedAmount): Money {
  return picodollarsOf(BigInt(amount))
}
