import { type Money, displayCost, picodollarsOf } from '../core/money.ts'
import { dateText, factorText } from '../core/price-text.ts'
import type { Price } from '../core/price.ts'
import { safeText } from '../core/safe-text.ts'

/** A rate as providers quote it, in dollars per million tokens: `$3.00`. */
export function rateText(rate: Money): string {
  return displayCost(picodollarsOf(rate * 1_000_000n))
}

/** Since when a price holds: `always`, a date, or an instant. */
export function sinceText(from: number): string {
  return from === -Infinity ? 'always' : dateText(from)
}

/** `batch x0.5, us x1.1`; `''` for a price without factors. */
export function factorsText({ factors }: Price, times: string): string {
  return [...factors].map(([name, factor]) => `${safeText(name)} ${times}${factorText(factor)}`).join(', ')
}
