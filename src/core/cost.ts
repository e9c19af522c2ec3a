import type { Amount } from './columns.ts'
import { type Money, NO_MONEY, picodollarsOf, scaleHalfEven } from './money.ts'
import type { Price, Rates } from './price.ts'
import type { PriceTable } from './price-table.ts'
import type { UsageRecord } from './record.ts'

/** Whose word counts: the record's own cost first, only the record's, or the price table's first. */
export const COST_MODES = ['auto', 'recorded', 'computed'] as const
export type CostMode = (typeof COST_MODES)[number]

/**
 * What a record cost, or null when it cannot be told: unpriced, which is not free.
 *
 * - `auto`: the recorded cost when it is more than zero, else what the table says. A recorded zero beside tokens is
 *   how tools write "unknown", so it counts only where the model is free, and then the table says zero too.
 * - `recorded`: what the record says, zero included.
 * - `computed`: what the table says, else the recorded cost when it is more than zero.
 *
 * A record with neither tokens nor searches has nothing to price and costs nothing. An adjustment is worth what it
 * records unless that is zero, whoever's word counts otherwise: it was written to correct a computed cost.
 */
export function costOf(record: UsageRecord, table: PriceTable, mode: CostMode): Money | null {
  const recorded = record.costUsd
  const says = recorded !== null && recorded !== 0n
  if (says && (mode !== 'computed' || record.adjustment || !hasUsage(record))) return recorded
  if (!hasUsage(record)) return NO_MONEY
  if (mode === 'recorded') return recorded
  const price = table.priceOf(record.model, record.timestamp)
  if (price !== null) return computedCost(record, price)
  return says ? recorded : null
}

/**
 * As `costOf`, but takes a number where the recorded cost decides by itself, which is nearly always: `recorded` is the
 * record's own cost in picodollars, NaN where no number holds it.
 */
export function amountOf(
  record: UsageRecord,
  recorded: number,
  table: PriceTable,
  mode: CostMode,
): Amount | null {
  return recorded > 0 && mode !== 'computed' ? recorded : costOf(record, table, mode)
}

/**
 * What the tokens and searches of a record cost at a price: exact, except that a factor (batch, fast, region) rounds
 * the sum once, half-even, to a picodollar. A service tier, speed or place the price does not know changes nothing.
 */
export function computedCost(record: UsageRecord, price: Price): Money {
  const tokens = withFactors(tokenCost(record, ratesFor(record, price)), record, price)
  if (record.webSearchRequests === 0 || price.webSearch === null) return tokens
  return picodollarsOf(tokens + BigInt(record.webSearchRequests) * price.webSearch)
}

function hasUsage(record: UsageRecord): boolean {
  return (
    record.inputTokens !== 0 ||
    record.outputTokens !== 0 ||
    record.cacheReadTokens !== 0 ||
    record.cacheWriteTokens !== 0 ||
    record.cacheWrite1hTokens !== 0 ||
    record.webSearchRequests !== 0
  )
}

/** A tier is about the size of one request, which a sum of requests or a correction does not tell. */
function ratesFor(record: UsageRecord, price: Price): Rates {
  const tier = price.longContext
  if (tier === null || record.aggregate || record.adjustment) return price.rates
  const request = record.inputTokens + record.cacheReadTokens + record.cacheWriteTokens
  return request > tier.above ? tier.rates : price.rates
}

function tokenCost(record: UsageRecord, rates: Rates): bigint {
  let cost = 0n
  if (record.inputTokens !== 0) cost += BigInt(record.inputTokens) * rates.input
  if (record.outputTokens !== 0) cost += BigInt(record.outputTokens) * rates.output
  if (record.cacheReadTokens !== 0) cost += BigInt(record.cacheReadTokens) * rates.cacheRead
  const hour = record.cacheWrite1hTokens
  if (hour !== 0) cost += BigInt(hour) * rates.cacheWrite1h
  const fiveMinutes = record.cacheWriteTokens - hour
  // A writer that names more one-hour writes than writes has named all of them: the rest is none, not a discount.
  if (Math.sign(fiveMinutes) === Math.sign(record.cacheWriteTokens)) {
    cost += BigInt(fiveMinutes) * rates.cacheWrite
  }
  return cost
}

function withFactors(cost: bigint, record: UsageRecord, price: Price): Money {
  const { factors } = price
  if (factors.size === 0) return picodollarsOf(cost)
  const tier = factors.get(record.serviceTier)
  // OpenAI calls the fast mode a service tier, Anthropic a speed; a record that names both runs fast once.
  const speed = record.speed === record.serviceTier ? undefined : factors.get(record.speed)
  const place = factors.get(record.inferenceGeo)
  if (tier === undefined && speed === undefined && place === undefined) return picodollarsOf(cost)
  let numerator = 1n
  let denominator = 1n
  for (const factor of [tier, speed, place]) {
    if (factor === undefined) continue
    numerator *= factor.numerator
    denominator *= factor.denominator
  }
  return scaleHalfEven(picodollarsOf(cost), numerator, denominator)
}
