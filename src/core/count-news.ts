import { type Budget, isGlobal } from './budget.ts'
import { groupOf, matchesScope } from './groups.ts'
import type { KnownSession } from './known-ledger.ts'
import { type Money, NO_MONEY, picodollarsOf, plus } from './money.ts'
import { type UsageRecord, UNKNOWN } from './record.ts'
import { type SessionSpend, type Snapshot, type Spend, byTodaysSpend } from './snapshot.ts'
import { type Trail, extended } from './trail.ts'

/** A record of the snapshot's day that it has not counted, and its cost. */
export interface NewRecord {
  readonly record: UsageRecord & { readonly timestamp: number }
  readonly cost: Money
}

export interface SessionsBefore {
  /** What is known of a session without a record in the day; null when it is new, undefined when nobody can tell. */
  readonly session: (id: string) => KnownSession | null | undefined
}

/**
 * The snapshot with new records counted, in the order of the ledger: what `takeSnapshot` makes of a fold that has read
 * them, for much less work while they are few. Null where only the fold can tell.
 */
export function countNews(
  snapshot: Snapshot,
  news: readonly NewRecord[],
  budgets: readonly Budget[],
  before: SessionsBefore,
): Snapshot | null {
  // What of a session falls into a scope is only known where that sum is kept.
  if (budgets.some((budget) => budget.kind === 'per_session' && !isGlobal(budget))) return null
  const newest = newestInstant(snapshot)
  if (newest === null) return null
  const sessions = new Map(snapshot.sessions.map((session) => [session.id, session]))
  const spendByBudget = new Map(snapshot.spendByBudget)
  const tokens = { ...snapshot.tokens }
  let { currentSessionId } = snapshot
  let latest = newest
  for (const { record, cost } of news) {
    for (const { id, scope, kind } of budgets) {
      const spend =
        kind === 'per_session' || !matchesScope(scope, groupOf(record)) ? undefined : spendByBudget.get(id)
      if (spend !== undefined) spendByBudget.set(id, more(spend, cost))
    }
    tokens.input += record.inputTokens
    tokens.output += record.outputTokens
    tokens.cacheRead += record.cacheReadTokens
    tokens.cacheWrite += record.cacheWriteTokens
    const { sessionId, timestamp } = record
    if (sessionId === UNKNOWN) continue
    const known = sessions.get(sessionId) ?? begun(sessionId, before.session(sessionId))
    if (known === null) return null
    sessions.set(sessionId, grown(known, record, cost))
    if (timestamp < latest) continue
    latest = timestamp
    currentSessionId = sessionId
  }
  return {
    ...snapshot,
    spendByBudget,
    sessions: [...sessions.values()].toSorted(byTodaysSpend),
    currentSessionId,
    records: snapshot.records + news.length,
    tokens,
    trails: snapshot.trails.map((trail) => trailWith(trail, news, snapshot.asOf)),
  }
}

function trailWith(trail: Trail, news: readonly NewRecord[], asOf: number): Trail {
  const seen = news.filter(({ record }) => matchesScope(trail.scope, groupOf(record)))
  return extended(
    trail,
    seen.map(({ record, cost }) => ({ instant: record.timestamp, usd: cost })),
    asOf,
  )
}

/** Of the day's newest line; null where the snapshot does not say. */
function newestInstant({ sessions, currentSessionId, periods }: Snapshot): number | null {
  if (sessions.length === 0 && currentSessionId === null) return -Infinity
  const last = sessions.find(({ id }) => id === currentSessionId)?.last
  return last === undefined || last >= periods.daily.end ? null : last
}

/** A session before its first record of the day. */
function begun(id: string, known: KnownSession | null | undefined): SessionSpend | null {
  if (known === undefined) return null
  const usd = known === null ? NO_MONEY : picodollarsOf(BigInt(known.usd))
  return {
    id,
    project: UNKNOWN,
    model: UNKNOWN,
    tool: UNKNOWN,
    taskType: UNKNOWN,
    whole: { usd, uncertain: known?.uncertain ?? 0 },
    today: { usd: NO_MONEY, uncertain: 0 },
    first: known?.first ?? Infinity,
    last: known?.last ?? -Infinity,
    spendByBudget: new Map(),
  }
}

function grown(
  session: SessionSpend,
  { timestamp, project, model, tool, taskType }: NewRecord['record'],
  cost: Money,
): SessionSpend {
  return {
    ...session,
    ...(timestamp >= session.last && { project, model, tool, taskType }),
    whole: more(session.whole, cost),
    today: more(session.today, cost),
    first: Math.min(session.first, timestamp),
    last: Math.max(session.last, timestamp),
  }
}

function more({ usd, uncertain }: Spend, cost: Money): Spend {
  return { usd: plus(usd, cost), uncertain }
}
