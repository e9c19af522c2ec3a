import {
  type CostMode,
  FACTOR_FIELDS,
  type FactorField,
  computedCost,
  costOf,
  factorFor,
  fiveMinuteWrites,
  hasUsage,
  isRepricing,
  ratesFor,
  requestTokens,
} from './cost.ts'
import { type Money, NO_MONEY, minus, picodollarsOf, plus } from './money.ts'
import type { PriceTable } from './price-table.ts'
import type { Factor, Price, Rates } from './price.ts'
import type { UsageRecord } from './record.ts'

/** What is paid for, in the order in which it is shown. */
export const COST_KINDS = [
  'input',
  'output',
  'cache_read',
  'cache_write',
  'cache_write_1h',
  'web_search',
] as const
export type CostKind = (typeof COST_KINDS)[number]

/** So many of one kind at a rate. */
export interface CostLine {
  readonly kind: CostKind
  readonly count: number
  /** Picodollars for one. */
  readonly rate: Money
  readonly cost: Money
}

/** A factor on the cost of the tokens, and the word of the record that made it apply. */
export interface AppliedFactor {
  readonly field: FactorField
  readonly word: string
  readonly factor: Factor
}

/** Whether the tier for long requests held: the request was longer, was not, or is a sum that does not tell. */
export interface TierOutcome {
  readonly above: number
  readonly tokens: number
  readonly outcome: 'long' | 'short' | 'sum'
}

/** What the price table says of a record, step by step: the lines and what the factors change make the total. */
export interface ComputedCost {
  readonly price: Price
  readonly lines: readonly CostLine[]
  /** Null when the price has no such tier. */
  readonly tier: TierOutcome | null
  readonly factors: readonly AppliedFactor[]
  /** What the factors add to the cost of the tokens, or take from it. */
  readonly change: Money
  readonly total: Money
}

/** Whose word a record's cost is. */
export type Word = 'recorded' | 'computed' | 'unpriced' | 'nothing used'

export interface CostBreakdown {
  /** Null when nobody can price the record. */
  readonly counted: Money | null
  readonly word: Word
  /** Null when the table has no price for the model at that instant. */
  readonly computed: ComputedCost | null
}

/** How the cost of a record comes about; `counted` is what `costOf` says. */
export function breakdownOf(record: UsageRecord, table: PriceTable, mode: CostMode): CostBreakdown {
  const price = table.priceOf(record.model, record.timestamp)
  return {
    counted: costOf(record, table, mode),
    word: wordOf(record, price !== null, mode),
    computed: price === null ? null : computedBy(record, price),
  }
}

function wordOf(record: UsageRecord, isPriced: boolean, mode: CostMode): Word {
  const says = record.costUsd !== null && record.costUsd !== 0n
  if (mode === 'computed' && isRepricing(record)) return 'nothing used'
  if (says && (mode !== 'computed' || record.adjustment || !hasUsage(record))) return 'recorded'
  if (!hasUsage(record)) return 'nothing used'
  if (mode === 'recorded') return record.costUsd === null ? 'unpriced' : 'recorded'
  if (isPriced) return 'computed'
  return says ? 'recorded' : 'unpriced'
}

function computedBy(record: UsageRecord, price: Price): ComputedCost {
  const lines = linesOf(record, price)
  const total = computedCost(record, price)
  const factors = FACTOR_FIELDS.flatMap((field): AppliedFactor[] => {
    const factor = factorFor(record, price, field)
    return factor === undefined ? [] : [{ field, word: record[field], factor }]
  })
  const change = minus(total, sumOf(lines))
  return { price, lines, tier: tierOf(record, price), factors, change, total }
}

function linesOf(record: UsageRecord, price: Price): readonly CostLine[] {
  const rates = ratesFor(record, price)
  return COST_KINDS.flatMap((kind): CostLine[] => {
    const count = countOf(record, kind)
    const rate = rateOf(kind, rates, price)
    return count === 0 || rate === null
      ? []
      : [{ kind, count, rate, cost: picodollarsOf(BigInt(count) * rate) }]
  })
}

function countOf(record: UsageRecord, kind: CostKind): number {
  switch (kind) {
    case 'input':
      return record.inputTokens
    case 'output':
      return record.outputTokens
    case 'cache_read':
      return record.cacheReadTokens
    case 'cache_write':
      return fiveMinuteWrites(record)
    case 'cache_write_1h':
      return record.cacheWrite1hTokens
    case 'web_search':
      return record.webSearchRequests
  }
}

function rateOf(kind: CostKind, rates: Rates, { webSearch }: Price): Money | null {
  switch (kind) {
    case 'input':
      return rates.input
    case 'output':
      return rates.output
    case 'cache_read':
      return rates.cacheRead
    case 'cache_write':
      return rates.cacheWrite
    case 'cache_write_1h':
      return rates.cacheWrite1h
    case 'web_search':
      return webSearch
  }
}

function tierOf(record: UsageRecord, { longContext }: Price): TierOutcome | null {
  if (longContext === null) return null
  const { above } = longContext
  const tokens = requestTokens(record)
  if (record.aggregate || record.adjustment) return { above, tokens, outcome: 'sum' }
  return { above, tokens, outcome: tokens > above ? 'long' : 'short' }
}

function sumOf(lines: readonly CostLine[]): Money {
  return lines.reduce<Money>((sum, { cost }) => plus(sum, cost), NO_MONEY)
}
