import { ratioOf } from '../core/money.ts'
import { type TableColumn, type Value, count, money, share } from '../core/report.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { type Sum, perSession } from './sums.ts'

/** What a table tells of a sum: one column, and its value in each row. */
export interface SumColumn extends TableColumn {
  /** `total` is the sum of all rows. */
  readonly valueOf: (sum: Sum, total: Sum) => Value
}

export const COST: SumColumn = {
  key: 'cost_usd',
  title: 'cost',
  valueOf: ({ usd, lowerBound }) => money(usd, lowerBound),
}

/** Of the cost of all rows. */
export const SHARE: SumColumn = {
  key: 'share',
  title: 'share',
  valueOf: ({ usd }, total) => share(ratioOf(usd, total.usd)),
}

export const SESSIONS: SumColumn = {
  key: 'sessions',
  title: 'sessions',
  valueOf: ({ sessions }) => count(sessions),
}

export const PER_SESSION: SumColumn = {
  key: 'cost_per_session_usd',
  title: 'per session',
  expendable: 3,
  valueOf: (sum) => money(perSession(sum), sum.lowerBound),
}

export const RECORDS: SumColumn = {
  key: 'records',
  title: 'records',
  expendable: 7,
  valueOf: ({ records }) => count(records),
}

export const TOKENS: readonly SumColumn[] = [
  { key: 'input_tokens', title: 'input', expendable: 5, valueOf: ({ tokens }) => count(tokens.input) },
  { key: 'output_tokens', title: 'output', expendable: 4, valueOf: ({ tokens }) => count(tokens.output) },
  {
    key: 'cache_read_tokens',
    title: 'cache read',
    expendable: 8,
    valueOf: ({ tokens }) => count(tokens.cacheRead),
  },
  {
    key: 'cache_write_tokens',
    title: 'cache write',
    expendable: 9,
    valueOf: ({ tokens }) => count(tokens.cacheWrite),
  },
]

export const CACHE_HIT: SumColumn = {
  key: 'cache_hit_ratio',
  title: 'cache hit',
  expendable: 6,
  valueOf: ({ tokens }) => share(cacheHitRatio(tokens)),
}

/** What is worth telling of any sum. */
export const USUAL: readonly SumColumn[] = [COST, SHARE, SESSIONS, PER_SESSION, RECORDS, ...TOKENS, CACHE_HIT]

/** A sum as a row. */
export function valuesOf(columns: readonly SumColumn[], sum: Sum, total: Sum): readonly Value[] {
  return columns.map(({ valueOf }) => valueOf(sum, total))
}
