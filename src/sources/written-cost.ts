import { type Money, NO_MONEY, parseMoney } from '../core/money.ts'
import { MAX_COST } from '../core/record.ts'

/**
 * Dollars that people or their scripts wrote down: a number, or text, with or without a `$` before it. Undefined when
 * nothing stands there, or zero, which stands for "unknown"; null for what no cost can be.
 */
export function writtenCost(value: unknown): Money | undefined | null {
  if (value === undefined || value === null || value === '') return undefined
  const cost = moneyOf(value)
  if (cost === null || cost < NO_MONEY || cost > MAX_COST) return null
  return cost === NO_MONEY ? undefined : cost
}

/** `String(n)` is the shortest text that reads back as n, which is what was written for up to fifteen digits. */
function moneyOf(value: unknown): Money | null {
  if (typeof value === 'number') return parseMoney(String(value))
  return typeof value === 'string' ? parseMoney(value.trim().replace(/^\$\s*/, '')) : null
}
