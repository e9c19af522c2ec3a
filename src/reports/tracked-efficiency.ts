import { type Money, picodollarsOf, ratioOf, scaleHalfEven } from '../core/money.ts'
import { type PricedSum, allTokens, pricedSum } from '../core/priced-sum.ts'
import { type Figure, type Figures, NONE, type Value, money, share, word } from '../core/report.ts'
import { safeText } from '../core/safe-text.ts'
import { type Tokens, cacheHitRatio } from '../core/snapshot.ts'
import { type TrackedFacts, allUsed, durationOf } from './tracked-facts.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** What came of the time and of the money, and how that compares with the tracked session before. */
export function efficiencyFigures(facts: TrackedFacts): Figures {
  const total = pricedSum(allUsed(facts))
  const ms = durationOf(facts)
  const figures: readonly Figure[] = [
    { key: 'tokens_per_minute', label: 'tokens a minute', value: perMinute(total.tokens, ms) },
    {
      key: 'input_output_ratio',
      label: 'input to output',
      value: { kind: 'number', number: readForEachWritten(total.tokens) },
    },
    { key: 'cache_hit_ratio', label: 'cache hit', value: share(cacheHitRatio(total.tokens)) },
    { key: 'hourly_usd', label: 'cost an hour', value: money(perHour(total.usd, ms), total.lowerBound) },
    { key: 'cost_per_operation_usd', label: 'cost an operation', value: perOperation(total) },
  ]
  return {
    kind: 'figures',
    key: 'efficiency',
    title: 'Efficiency',
    figures: [...figures, ...trend(facts, total, ms)],
  }
}

/** Tokens that went in, cached or not, for each that came out; null when none did. */
export function readForEachWritten({ input, output, cacheRead, cacheWrite }: Tokens): number | null {
  return output > 0 ? (input + cacheRead + cacheWrite) / output : null
}

/** What an hour like this costs; null for what took less than a minute, which says nothing about hours. */
function perHour(usd: Money, ms: number): Money | null {
  return ms < MINUTE ? null : scaleHalfEven(usd, BigInt(HOUR), BigInt(Math.round(ms)))
}

function perMinute(tokens: Tokens, ms: number): Value {
  return ms < MINUTE ? NONE : { kind: 'number', number: Math.round((allTokens(tokens) * MINUTE) / ms) }
}

function perOperation({ usd, records, lowerBound }: PricedSum): Value {
  return records === 0 ? NONE : money(scaleHalfEven(usd, 1n, BigInt(records)), lowerBound)
}

function trend({ previous }: TrackedFacts, total: PricedSum, ms: number): readonly Figure[] {
  if (previous === null) return []
  const now = perHour(total.usd, ms)
  const before = perHour(picodollarsOf(BigInt(previous.picodollars)), previous.ms)
  // What is only known at least cannot be compared.
  const isVague = total.lowerBound || previous.lowerBound
  const ratio = isVague || now === null || before === null ? null : ratioOf(now, before)
  return [
    { key: 'previous_session', label: 'session before', value: word(safeText(previous.name)) },
    { key: 'previous_hourly_usd', label: 'its cost an hour', value: money(before, previous.lowerBound) },
    {
      key: 'hourly_change',
      label: 'change',
      value: { kind: 'change', change: ratio === null ? null : ratio - 1 },
    },
  ]
}
