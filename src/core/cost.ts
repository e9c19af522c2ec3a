import type { Amount } from './columns.ts'
import { type Money, NO_MONEY, picodollarsOf, scaleHalfEven } from './money.ts'
import type { Factor, Price, Rates } from './price.ts'
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
 * records unless that is zero, whoever's word counts otherwise: it was written to correct a computed cost. Only one that
 * makes up for prices that have changed counts nothing where the table of today is asked anyway.
 */
export function costOf(record: UsageRecord, table: PriceTable, mode: CostMode): Money | null {
  const recorded = record.costUsd
  const says = recorded !== null && recorded !== 0n
  if (mode === 'computed' && isRepricing(record)) return NO_MONEY
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

/** True for an adjustment that changes no count: it takes a cost from one state of the price table to another. */
export function isRepricing(record: UsageRecord): boolean {
  return record.adjustment && record.costSource === 'table' && !hasUsage(record)
}

/** True when there is something to price; without tokens and searches a record costs nothing. */
export function hasUsage(record: UsageRecord): boolean {
  return (
    record.inputTokens !== 0 ||
    record.outputTokens !== 0 ||
    record.cacheReadTokens !== 0 ||
    record.cacheWriteTokens !== 0 ||
    record.cacheWrite1hTokens !== 0 ||
    record.webSearchRequests !== 0
  )
}

/**
 * The rates that a record's tokens cost: those of the long-context tier for all of a long request. A tier is about the
 * size of one request, which a sum of requests or a correction does not tell.
 */
export function ratesFor(record: UsageRecord, price: Price): Rates {
  const tier = price.longContext
  if (tier === null || record.aggregate || record.adjustment) return price.rates
  return requestTokens(record) > tier.above ? tier.rates : price.rates
}

/** What makes a request long: input, cache reads and cache writes together. */
export function requestTokens(record: UsageRecord): number {
  return record.inputTokens + record.cacheReadTokens + record.cacheWriteTokens
}

/** The cache writes that live five minutes: what is left of all writes beside the one-hour ones. */
export function fiveMinuteWrites({ cacheWriteTokens, cacheWrite1hTokens }: UsageRecord): number {
  const rest = cacheWriteTokens - cacheWrite1hTokens
  // A writer that names more one-hour writes than writes has named all of them: the rest is none, not a discount.
  return Math.sign(rest) === Math.sign(cacheWriteTokens) ? rest : 0
}

/** The record's own words by which a price may have a factor. */
export const FACTOR_FIELDS = ['serviceTier', 'speed', 'inferenceGeo'] as const
export type FactorField = (typeof FACTOR_FIELDS)[number]

/** The factor that one of the record's words makes apply; undefined when the price does not know the word. */
export function factorFor(record: UsageRecord, price: Price, field: FactorField): Factor | undefined {
  // OpenAI calls the fast mode a service tier, Anthropic a speed; a record that names both runs fast once.
  if (field === 'speed' && record.speed === record.serviceTier) return undefined
  return price.factors.get(record[field])
}

function tokenCost(record: UsageRecord, rates: Rates): bigint {
  let cost = 0n
  if (record.inputTokens !== 0) cost += BigInt(record.inputTokens) * rates.input
  if (record.outputTokens !== 0) cost += BigInt(record.outputTokens) * rates.output
  if (record.cacheReadTokens !== 0) cost += BigInt(record.cacheReadTokens) * rates.cacheRead
  if (record.cacheWrite1hTokens !== 0) cost += BigInt(record.cacheWrite1hTokens) * rates.cacheWrite1h
  const fiveMinutes = fiveMinuteWrites(record)
  if (fiveMinutes !== 0) cost += BigInt(fiveMinutes) * rates.cacheWrite
  return cost
}

function withFactors(cost: bigint, record: UsageRecord, price: Price): Money {
  if (price.factors.size === 0) return picodollarsOf(cost)
  let numerator = 1n
  let denominator = 1n
  for (const field of FACTOR_FIELDS) {
    const factor = factorFor(record, price, field)
    if (factor === undefined) continue
    numerator *= factor.numerator
    denominator *= factor.denominator
  }
  return numerator === denominator
    ? picodollarsOf(cost)
    : scaleHalfEven(picodollarsOf(cost), numerator, denominator)
}
