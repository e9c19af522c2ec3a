import type { ExplainedRecord } from './cost-summary.ts'
import { type Money, NO_MONEY, plus } from './money.ts'
import type { Tokens } from './snapshot.ts'

/** What some records, priced one by one, come to. Adjustments change the sums and are no records of their own. */
export interface PricedSum {
  readonly usd: Money
  /** True when something in it has no price: the truth is `≥ usd`. */
  readonly lowerBound: boolean
  readonly records: number
  readonly tokens: Tokens
}

export interface NamedPricedSum {
  readonly key: string
  readonly sum: PricedSum
}

export function pricedSum(explained: readonly ExplainedRecord[]): PricedSum {
  const tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }
  let usd: Money = NO_MONEY
  let records = 0
  for (const { record, breakdown } of explained) {
    usd = plus(usd, breakdown.counted ?? NO_MONEY)
    if (!record.adjustment) records++
    tokens.input += record.inputTokens
    tokens.output += record.outputTokens
    tokens.cacheRead += record.cacheReadTokens
    tokens.cacheWrite += record.cacheWriteTokens
  }
  const lowerBound = explained.some(({ breakdown }) => breakdown.counted === null)
  return { usd, lowerBound, records, tokens }
}

/** By something that each record says, most spend first; equal ones by name. What adjustments took away is left out. */
export function pricedSumsBy(
  explained: readonly ExplainedRecord[],
  keyOf: (record: ExplainedRecord['record']) => string,
): readonly NamedPricedSum[] {
  const found = new Map<string, ExplainedRecord[]>()
  for (const one of explained) {
    const key = keyOf(one.record)
    const known = found.get(key)
    if (known === undefined) found.set(key, [one])
    else known.push(one)
  }
  return [...found]
    .map(([key, records]) => ({ key, sum: pricedSum(records) }))
    .filter(({ sum }) => sum.usd !== 0n || allTokens(sum.tokens) !== 0)
    .toSorted((a, b) => bySpend(a, b) || (a.key < b.key ? -1 : 1))
}

/** Input, output and both cache kinds together. */
export function allTokens({ input, output, cacheRead, cacheWrite }: Tokens): number {
  return input + output + cacheRead + cacheWrite
}

function bySpend(a: NamedPricedSum, b: NamedPricedSum): number {
  return a.sum.usd === b.sum.usd ? 0 : a.sum.usd > b.sum.usd ? -1 : 1
}
