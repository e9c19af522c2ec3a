import { ratioOf } from '../core/money.ts'
import { type Figures, count, money, name, share } from '../core/report.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { BySession } from './by-session.ts'
import { type Sum, perSession } from './sums.ts'
import type { Selection } from './usage.ts'

/** What everything that was selected comes to. */
export function totalFigures(sum: Sum): Figures {
  const { usd, lowerBound, tokens } = sum
  return {
    kind: 'figures',
    key: 'total',
    title: 'Total',
    figures: [
      { key: 'cost_usd', label: 'total spend', value: money(usd, lowerBound) },
      { key: 'sessions', label: 'sessions', value: count(sum.sessions) },
      { key: 'cost_per_session_usd', label: 'per session', value: money(perSession(sum), lowerBound) },
      { key: 'records', label: 'records', value: count(sum.records) },
      { key: 'input_tokens', label: 'input tokens', value: count(tokens.input) },
      { key: 'output_tokens', label: 'output tokens', value: count(tokens.output) },
    ],
  }
}

/** How much of what the models read came from caches. */
export function cacheFigures({ tokens }: Sum): Figures {
  return {
    kind: 'figures',
    key: 'cache',
    title: 'Cache efficiency',
    figures: [
      { key: 'cache_hit_ratio', label: 'cache hit ratio', value: share(cacheHitRatio(tokens)) },
      { key: 'cache_read_tokens', label: 'read from cache', value: count(tokens.cacheRead) },
      { key: 'cache_write_tokens', label: 'written to cache', value: count(tokens.cacheWrite) },
    ],
  }
}

/** The session that most was spent on, by what it spent within the selection; none when there was no session. */
export function costliestSession(selection: Selection, total: Sum): readonly Figures[] {
  const { usage } = selection
  const bySession = new BySession(selection)
  const [most] = bySession.costliest(1)
  if (most === undefined) return []
  const { usd, lowerBound, tokens } = bySession.sumOf(most)
  const { project, model } = usage.groups.at(usage.sessions.newestGroup[most]!)
  return [
    {
      kind: 'figures',
      key: 'most_expensive_session',
      title: 'Most expensive session',
      figures: [
        { key: 'session_id', label: 'session', value: name(usage.sessions.id.at(most)) },
        { key: 'cost_usd', label: 'cost', value: money(usd, lowerBound) },
        { key: 'share', label: 'share', value: share(ratioOf(usd, total.usd)) },
        { key: 'project', label: 'project', value: name(project) },
        { key: 'model', label: 'model', value: name(model) },
        { key: 'input_tokens', label: 'input tokens', value: count(tokens.input) },
        { key: 'output_tokens', label: 'output tokens', value: count(tokens.output) },
      ],
    },
  ]
}
