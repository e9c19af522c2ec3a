import { NO_MONEY, parseMoney } from '../core/money.ts'
import { MAX_COST, type UsageRecord } from '../core/record.ts'

/** What the tool itself says that a response cost, in dollars. Zero stands for "unknown" or "subscription". */
export function reportedCost(value: unknown): Pick<UsageRecord, 'costUsd' | 'costSource'> {
  const cost = typeof value === 'number' ? parseMoney(String(value)) : null
  return cost !== null && cost > NO_MONEY && cost <= MAX_COST
    ? { costUsd: cost, costSource: 'tool' }
    : { costUsd: null, costSource: null }
}
