import { type Money, NO_MONEY, minus, picodollarsOf, plus } from '../core/money.ts'
import type { Price } from '../core/price.ts'
import {
  type Figures,
  type Section,
  type Table,
  type Value,
  count,
  money,
  name,
  share,
  word,
} from '../core/report.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { costlyKinds } from './costly-kinds.ts'
import type { RequestShape } from './request-shapes.ts'
import { sessionTrend } from './session-trend.ts'
import { type Sum, sumsByLabel, totalOf } from './sums.ts'
import { totalFigures } from './total.ts'
import type { Selection } from './usage.ts'

/** What is known besides the sums. */
export interface SavingsGround {
  readonly shapes: readonly RequestShape[]
  readonly priceOf: (model: string) => Price | null
  /** The model that may do for what another did. */
  readonly smallerThan: (model: string) => Price | null
  readonly ruled: readonly RuledTask[]
  readonly mostRows: number
}

/** Tasks of a type that the router's rules send to another model than the one that did them. */
export interface RuledTask {
  readonly taskType: string
  readonly from: string
  readonly to: string
  readonly calls: number
  readonly usd: Money
  readonly saved: Money
}

/** How much of what models read should come from caches. */
const CACHE_TARGET_PERCENT = 60n
/** Below so many tokens a ratio says little. */
const FEWEST_READ = 1_000_000
/** A context that has grown to so many times its beginning, over so many requests, to so many tokens. */
const GROWN = { times: 3, requests: 20, tokens: 50_000 }

/** Where money could be saved, each with the numbers behind it. The savings overlap: they do not add up. */
export function savings(selection: Selection, ground: SavingsGround): readonly Section[] {
  const total = totalOf(selection)
  const found: readonly Table[] = [
    smallRequests(ground),
    ruledTasks(ground),
    cacheHits(selection, ground),
    grownContexts(ground),
    costlyKinds(selection, total, ground.mostRows),
    sessionTrend(selection),
  ].filter(({ rows }) => rows.length > 0)
  return [totalFigures(total), ...(found.length === 0 ? [NOTHING] : found)]
}

const NOTHING: Figures = {
  kind: 'figures',
  key: 'advice',
  title: 'Advice',
  figures: [{ key: 'advice', label: 'advice', value: word('nothing stands out') }],
}

/** Many requests that wrote little, on a model that costs at least twice as much as its smaller sister. */
function smallRequests({ shapes, smallerThan, mostRows }: SavingsGround): Table {
  const byModel = new Map<string, { sessions: number; requests: number; usd: Money; saved: Money }>()
  for (const { model, isSmall, requests, usd, saved } of shapes) {
    if (!isSmall || saved <= 0n) continue
    const sum = byModel.get(model) ?? { sessions: 0, requests: 0, usd: NO_MONEY, saved: NO_MONEY }
    byModel.set(model, {
      sessions: sum.sessions + 1,
      requests: sum.requests + requests,
      usd: plus(sum.usd, usd),
      saved: plus(sum.saved, saved),
    })
  }
  const rows = [...byModel]
    .toSorted(([, a], [, b]) => byAmount(a.saved, b.saved))
    .map(([model, { sessions, requests, usd, saved }]) => [
      name(model),
      name(smallerThan(model)?.model ?? ''),
      count(sessions),
      count(requests),
      ...outcome(usd, saved),
    ])
  return table('small_requests', 'Use a smaller model where little is written', mostRows, rows, [
    { key: 'model', title: 'model' },
    { key: 'smaller_model', title: 'smaller one' },
    { key: 'sessions', title: 'sessions' },
    { key: 'requests', title: 'requests', expendable: 1 },
    ...OUTCOME_COLUMNS,
  ])
}

function ruledTasks({ ruled, mostRows }: SavingsGround): Table {
  const rows = ruled
    .filter(({ saved }) => saved > 0n)
    .toSorted((a, b) => byAmount(a.saved, b.saved))
    .map(({ taskType, from, to, calls, usd, saved }) => [
      name(taskType),
      name(from),
      name(to),
      count(calls),
      ...outcome(usd, saved),
    ])
  return table('ruled_tasks', 'Ask the router: its rules name a cheaper model', mostRows, rows, [
    { key: 'task_type', title: 'task type' },
    { key: 'model', title: 'model' },
    { key: 'ruled_model', title: 'by the rules' },
    { key: 'records', title: 'records', expendable: 1 },
    ...OUTCOME_COLUMNS,
  ])
}

/** What it would save at most if the target were met, the writes that takes not counted. */
function cacheHits(selection: Selection, { priceOf, mostRows }: SavingsGround): Table {
  const rows = sumsByLabel(selection, 'model').flatMap(({ key, sum }) => {
    const saved = savedByCache(sum, priceOf(key))
    return saved === null ? [] : [{ key, sum, saved }]
  })
  const told = rows
    .toSorted((a, b) => byAmount(a.saved, b.saved))
    .map(({ key, sum, saved }) => [
      name(key),
      share(cacheHitRatio(sum.tokens)),
      count(sum.tokens.input),
      ...outcome(sum.usd, saved),
    ])
  return table('cache', 'Keep prompts stable: 60% and more should come from caches', mostRows, told, [
    { key: 'model', title: 'model' },
    { key: 'cache_hit_ratio', title: 'cache hit' },
    { key: 'input_tokens', title: 'uncached input', expendable: 1 },
    ...OUTCOME_COLUMNS,
  ])
}

function savedByCache({ tokens: { input, cacheRead } }: Sum, price: Price | null): Money | null {
  if (price === null || price.rates.cacheRead >= price.rates.input || input + cacheRead < FEWEST_READ)
    return null
  const more = (BigInt(input + cacheRead) * CACHE_TARGET_PERCENT) / 100n - BigInt(cacheRead)
  return more <= 0n ? null : picodollarsOf(more * (price.rates.input - price.rates.cacheRead))
}

function grownContexts({ shapes, mostRows }: SavingsGround): Table {
  const rows = shapes
    .filter(
      ({ requests, firstContext, lastContext }) =>
        requests >= GROWN.requests &&
        lastContext >= GROWN.tokens &&
        lastContext >= firstContext * GROWN.times,
    )
    .toSorted((a, b) => byAmount(a.growthUsd, b.growthUsd))
    .map(({ sessionId, model, requests, firstContext, lastContext, usd, growthUsd }) => [
      name(sessionId),
      name(model),
      count(requests),
      count(firstContext),
      count(lastContext),
      money(usd, false),
      money(growthUsd, false),
    ])
  return table('context', 'Begin anew or compact: the context grew within the session', mostRows, rows, [
    { key: 'session_id', title: 'session' },
    { key: 'model', title: 'model', expendable: 1 },
    { key: 'requests', title: 'requests' },
    { key: 'first_context_tokens', title: 'from' },
    { key: 'last_context_tokens', title: 'to' },
    { key: 'cost_usd', title: 'cost' },
    { key: 'growth_usd', title: 'for growth' },
  ])
}

const OUTCOME_COLUMNS = [
  { key: 'cost_usd', title: 'cost' },
  { key: 'would_cost_usd', title: 'would cost', expendable: 2 },
  { key: 'saved_usd', title: 'saved' },
]

function outcome(usd: Money, saved: Money): readonly Value[] {
  return [money(usd, false), money(minus(usd, saved), false), money(saved, false)]
}

function table(
  key: string,
  title: string,
  mostRows: number,
  rows: readonly (readonly Value[])[],
  columns: Table['columns'],
): Table {
  return {
    kind: 'table',
    key,
    title,
    columns,
    rows: rows.slice(0, mostRows),
    total: null,
    left: Math.max(0, rows.length - mostRows),
  }
}

/** Most first. */
function byAmount(a: Money, b: Money): number {
  return a < b ? 1 : a > b ? -1 : 0
}
