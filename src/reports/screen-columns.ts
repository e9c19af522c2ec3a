import { type Money, picodollarsOf, scaleHalfEven } from '../core/money.ts'
import { type Value, count, money, share } from '../core/report.ts'
import type { ListColumn } from '../core/screen-data.ts'
import { cacheHitRatio, type Tokens } from '../core/snapshot.ts'
import { CACHE_HIT, COST, RECORDS, SESSIONS, SHARE, type SumColumn } from './sum-columns.ts'
import type { Sum } from './sums.ts'

const MILLION = 1_000_000n

/** What a million tokens came to, of whatever kind: cheap ones from caches among them. */
const PER_MILLION: SumColumn = {
  key: 'usd_per_million',
  title: '$/M',
  expendable: 6,
  valueOf: ({ usd, lowerBound, tokens }) => money(perMillion(usd, tokens), lowerBound),
}

/** The four kinds of tokens, dear ones first. */
const KINDS: readonly SumColumn[] = [
  { key: 'output', title: 'output', expendable: 7, valueOf: ({ tokens }) => count(tokens.output) },
  { key: 'input', title: 'input', expendable: 8, valueOf: ({ tokens }) => count(tokens.input) },
  { key: 'cache_write', title: 'c.write', expendable: 10, valueOf: ({ tokens }) => count(tokens.cacheWrite) },
  { key: 'cache_read', title: 'c.read', expendable: 9, valueOf: ({ tokens }) => count(tokens.cacheRead) },
]

const HIT: SumColumn = { ...CACHE_HIT, title: 'hit', expendable: 5 }

/** What a model is worth looking at for. */
export const MODEL_COLUMNS: readonly SumColumn[] = [
  { ...COST, title: 'spend' },
  SHARE,
  PER_MILLION,
  HIT,
  ...KINDS,
  { ...RECORDS, expendable: 11 },
]

/** What any label is worth looking at for. */
export const LABEL_COLUMNS: readonly SumColumn[] = [
  { ...COST, title: 'spend' },
  SHARE,
  { ...SESSIONS, expendable: 4 },
  HIT,
  { ...RECORDS, expendable: 7 },
]

/** The columns of a list, without what only a sum knows. */
export function listColumns(columns: readonly SumColumn[]): readonly ListColumn[] {
  return columns.map(({ key, title, expendable }) => ({
    key,
    title,
    ...(expendable === undefined ? {} : { expendable }),
  }))
}

/** How much of what was read came from caches, and what all of it cost. */
export function totalFacts(sum: Sum): readonly { readonly label: string; readonly value: Value }[] {
  return [
    { label: 'spend', value: money(sum.usd, sum.lowerBound) },
    { label: 'sessions', value: count(sum.sessions) },
    { label: 'records', value: count(sum.records) },
    { label: 'cache hit', value: share(cacheHitRatio(sum.tokens)) },
  ]
}

function perMillion(usd: Money, { input, output, cacheRead, cacheWrite }: Tokens): Money | null {
  const tokens = input + output + cacheRead + cacheWrite
  return tokens <= 0 ? null : scaleHalfEven(picodollarsOf(usd), MILLION, BigInt(tokens))
}
