import { type Money, displayMoney, picodollarsOf, ratioOf, scaleHalfEven } from '../core/money.ts'
import { type Table, type Value, money, share, word } from '../core/report.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { spanAround } from './day-span.ts'
import type { Asked } from './question.ts'
import { type Sum, perSession, totalOf } from './sums.ts'
import { EVERYTHING, select } from './usage.ts'

/** A session should cost less: 50 cents. */
const SESSION_TARGET = picodollarsOf(500_000_000_000n)
/** More of what models read should come from caches. */
const CACHE_TARGET = 0.6
/** Of the monthly limit: less is a limit that says nothing, more is one that will be reached. */
const UTILIZATION_TARGET = { least: 0.5, most: 0.8 }

/** A number worth watching, and whether it is where it should be. */
interface Metric {
  readonly name: string
  readonly value: Value
  readonly target: string
  readonly standing: Standing
}

type Standing = 'met' | 'missed' | 'below' | 'above' | 'cannot tell' | ''

/** What to watch, with its targets. What is measured against a limit is left out where there is no such limit. */
export function keyMetrics(asked: Asked, total: Sum, days: number): Table {
  const metrics = [
    ...dailySpend(asked, total, days),
    sessionCost(total),
    cacheHits(total),
    ...utilization(asked),
    sessionsPerDollar(total),
  ]
  return {
    kind: 'table',
    key: 'metrics',
    title: 'Key metrics',
    columns: [
      { key: 'metric', title: 'metric' },
      { key: 'value', title: 'value' },
      { key: 'target', title: 'target' },
      { key: 'standing', title: '' },
    ],
    rows: metrics.map(({ name, value, target, standing }) => [
      word(name),
      value,
      word(target),
      word(standing),
    ]),
    total: null,
    left: 0,
  }
}

/** On one day what was spent, on several what was spent on average. */
function dailySpend({ limits }: Asked, { usd, lowerBound }: Sum, days: number): readonly Metric[] {
  const limit = limits.daily
  if (limit === null || days === 0) return []
  const name = days === 1 ? 'daily spend' : 'average daily spend'
  return [costMetric(name, scaleHalfEven(usd, 1n, BigInt(days)), limit, lowerBound)]
}

function sessionCost(total: Sum): Metric {
  return costMetric('cost per session', perSession(total), SESSION_TARGET, total.lowerBound)
}

/** What should be below a target; that it is cannot be told where the truth may be more. */
function costMetric(name: string, value: Money | null, target: Money, lowerBound: boolean): Metric {
  const isBelow = value !== null && value < target
  const proven = isBelow ? 'met' : 'missed'
  return {
    name,
    value: money(value, lowerBound),
    target: `< ${displayMoney(target)}`,
    standing: value === null ? '' : isBelow && lowerBound ? 'cannot tell' : proven,
  }
}

function cacheHits({ tokens }: Sum): Metric {
  const ratio = cacheHitRatio(tokens)
  const standing = ratio === null ? '' : ratio > CACHE_TARGET ? 'met' : 'missed'
  return { name: 'cache hit ratio', value: share(ratio), target: '> 60%', standing }
}

/** Of the month's limit, in the month of the span's last day that has come. */
function utilization({ usage, span, today, limits }: Asked): readonly Metric[] {
  const limit = limits.monthly
  if (limit === null || limit === 0n || span.first === span.next) return []
  const last = Math.min(span.next - 1, Math.max(today, span.first))
  const month = spanAround('monthly', last, usage.calendar)
  const { usd, lowerBound } = totalOf(select(usage, month, EVERYTHING))
  const ratio = ratioOf(usd, limit)
  return [
    {
      name: 'monthly budget used',
      value: share(ratio),
      target: '50-80%',
      standing: ratio === null ? '' : standingOf(ratio, lowerBound),
    },
  ]
}

function standingOf(ratio: number, lowerBound: boolean): Standing {
  if (ratio > UTILIZATION_TARGET.most) return 'above'
  if (lowerBound) return 'cannot tell'
  return ratio < UTILIZATION_TARGET.least ? 'below' : 'met'
}

/** How many sessions a dollar pays for: the more the better, as long as they are of use. */
function sessionsPerDollar({ usd, sessions, lowerBound }: Sum): Metric {
  const ratio = lowerBound ? null : ratioOf(picodollarsOf(BigInt(sessions) * 10n ** 12n), usd)
  return {
    name: 'sessions per dollar',
    value: { kind: 'number', number: ratio },
    target: 'the more the better',
    standing: '',
  }
}
