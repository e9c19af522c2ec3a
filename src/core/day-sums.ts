import type { Budget, PeriodKind } from './budget.ts'
import { UNDATED } from './cells.ts'
import type { Days } from './day-table.ts'
import { picodollarsOf } from './money.ts'
import { UNKNOWN } from './record.ts'
import type { Rollup } from './rollup.ts'
import { type SessionSpend, type Snapshot, type Spend, byTodaysSpend } from './snapshot.ts'
import { SpendSum } from './spend-sum.ts'
import { type DayTrail, sumTrails } from './take-trails.ts'
import { watchersIn } from './watchers.ts'

/** What of a snapshot takes a walk over the whole rollup: it is the same all day until the rollup changes. */
export interface DaySums extends Pick<
  Snapshot,
  'spendByBudget' | 'sessions' | 'currentSessionId' | 'records' | 'tokens'
> {
  readonly trails: readonly DayTrail[]
  /** Of all days. */
  readonly allRecords: number
}

export interface DayInput {
  /** Epoch milliseconds. */
  readonly asOf: number
  readonly calendar: Days
  readonly budgets: readonly Budget[]
}

/** Sums the rollup for the day of an instant, and for every budget of that day. */
export function sumDay(rollup: Rollup, { asOf, calendar, budgets }: DayInput): DaySums {
  const periods = calendar.periodsAt(asOf)
  const today = calendar.dayOf(asOf)
  return {
    ...dayTotals(rollup, today),
    spendByBudget: spendByBudget(rollup, calendar, periods, budgets),
    sessions: sessionsOf(rollup, today, periods.daily.start),
    currentSessionId: currentSession(rollup, today),
    trails: sumTrails(rollup, budgets, today),
    allRecords: rollup.cells.records.reduce((sum, records) => sum + records, 0),
  }
}

const UNLABELLED = { project: UNKNOWN, model: UNKNOWN, tool: UNKNOWN, task_type: UNKNOWN }

function spendByBudget(
  rollup: Rollup,
  calendar: Days,
  periods: Snapshot['periods'],
  budgets: readonly Budget[],
): ReadonlyMap<string, Spend> {
  const watched = budgets.flatMap(({ id, kind, scope }) =>
    kind === 'per_session' ? [] : [{ id, scope, span: daysOf(calendar, periods, kind), sum: new SpendSum() }],
  )
  const { cells, groups } = rollup
  const watchers = watchersIn(groups, watched)
  for (let row = 0; row < cells.size; row++) {
    const day = cells.day[row]!
    const uncertain = cells.unpricedRecords[row]! + cells.rejected[row]!
    for (const { span, sum } of watchers(cells.group[row]!)) {
      // An undated record may belong to any period: it adds no amount, but the truth may be more.
      if (day === UNDATED)
        sum.add(0, cells.usd.at(row) === 0n ? uncertain : cells.records[row]! + cells.rejected[row]!)
      else if (day >= span.first && day < span.next) sum.add(cells.usd.amountAt(row), uncertain)
    }
  }
  return new Map(watched.map(({ id, sum }) => [id, sum.spend]))
}

function daysOf(calendar: Days, periods: Snapshot['periods'], kind: PeriodKind) {
  return { first: calendar.dayOf(periods[kind].start), next: calendar.dayOf(periods[kind].end) }
}

function dayTotals(rollup: Rollup, today: number) {
  const tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }
  let records = 0
  const { cells } = rollup
  for (let row = 0; row < cells.size; row++) {
    if (cells.day[row] !== today) continue
    records += cells.records[row]!
    tokens.input += cells.inputTokens[row]!
    tokens.output += cells.outputTokens[row]!
    tokens.cacheRead += cells.cacheReadTokens[row]!
    tokens.cacheWrite += cells.cacheWriteTokens[row]!
  }
  return { records, tokens }
}

/** Sessions with a record in the day. */
function sessionsOf(rollup: Rollup, today: number, start: number): readonly SessionSpend[] {
  const { sessionDays, sessions, groups } = rollup
  const found: SessionSpend[] = []
  for (const row of sessionDays.rowsOf(today)) {
    if (sessionDays.records[row]! <= 0) continue
    const session = sessionDays.session[row]!
    // No line of it may be of the day: an undated one took its instant from a line of another session.
    const group = sessions.last[session]! < start ? UNLABELLED : groups.at(sessions.newestGroup[session]!)
    const whole = { usd: picodollarsOf(sessions.usd.at(session)), uncertain: sessions.uncertain[session]! }
    found.push({
      id: sessions.id.at(session),
      project: group.project,
      model: group.model,
      tool: group.tool,
      taskType: group.task_type,
      whole,
      today: { usd: picodollarsOf(sessionDays.usd.at(row)), uncertain: sessionDays.uncertain[row]! },
      first: sessions.first[session]!,
      last: sessions.last[session]!,
      spendByBudget: sessionBudgets(rollup, session),
    })
  }
  return found.toSorted(byTodaysSpend)
}

/** What of a session each per-session budget sees that is narrowed by a scope; whole sessions need no such sums. */
export function sessionBudgets(rollup: Rollup, session: number): ReadonlyMap<string, Spend> {
  if (rollup.sessionBudgets.length === 0) return NO_SPEND
  const spends = new Map<string, Spend>()
  for (const [index, { id }] of rollup.sessionBudgets.entries()) {
    const spend = scopedSpend(rollup, session, index)
    if (spend !== null) spends.set(id, spend)
  }
  return spends
}

const NO_SPEND: ReadonlyMap<string, Spend> = new Map()

/** What of a session fell into a scoped budget; null when nothing did. */
function scopedSpend(rollup: Rollup, session: number, budget: number): Spend | null {
  const { sessionScopes } = rollup
  const row = sessionScopes.find(session, budget)
  if (row < 0 || sessionScopes.records[row]! <= 0) return null
  return { usd: picodollarsOf(sessionScopes.usd.at(row)), uncertain: sessionScopes.uncertain[row]! }
}

/** The session of the day's newest line; none when a merge has moved that line's record to an earlier day. */
function currentSession(rollup: Rollup, today: number): string | null {
  const newest = rollup.newestSession(today)
  if (newest < 0) return null
  const row = rollup.sessionDays.find(newest, today)
  return row < 0 || rollup.sessionDays.records[row]! <= 0 ? null : rollup.sessions.id.at(newest)
}
