import { computedCost } from './cost.ts'
import { type Money, minus } from './money.ts'
import type { Price } from './price.ts'
import type { UsageRecord } from './record.ts'

/**
 * What a record that cost so much would have saved at another price, its tokens the same; below zero when that is
 * dearer. It saves no more than the list price of its tokens says: what a tool recorded beyond that would have been
 * paid all the same, and a discount too.
 */
export function savedOn(record: UsageRecord, cost: Money, own: Price, other: Price): Money {
  const listed = computedCost(record, own)
  // A correction of tokens takes back what these would have saved; one of the cost alone saves nothing.
  const paid = cost < listed && !record.adjustment ? cost : listed
  return minus(paid, computedCost(record, other))
}
