import { displayMoney, type Money, percentOf } from '../core/money.ts'
import { glyphsOf } from './glyphs.ts'

/** Money as people read it; `≥ ` before it says that something in it could not be priced or read. */
export function amountText(amount: Money, lowerBound: boolean, ascii: boolean): string {
  return lowerBound ? `${glyphsOf(ascii).atLeast} ${displayMoney(amount)}` : displayMoney(amount)
}

/** Whole percent in at most five columns, floored; far outside of any budget it reads `>999%`, of nothing `–`. */
export function percentText(part: Money, whole: Money, ascii: boolean): string {
  const percent = percentOf(part, whole)
  if (percent === null) return glyphsOf(ascii).none
  if (percent > 999) return '>999%'
  return percent < -99 ? '<-99%' : `${percent}%`
}

/** A ratio between two counts as whole percent, floored; null and NaN, which are no ratios, read `–`. */
export function ratioText(ratio: number | null, ascii: boolean): string {
  // The small addend keeps 0.29 × 100 = 28.999999999999996 from reading 28 %.
  return ratio === null || Number.isNaN(ratio) ? glyphsOf(ascii).none : `${Math.floor(ratio * 100 + 1e-9)}%`
}
