import { type Money, NO_MONEY, minus, picodollarsOf, plus, ratioOf } from '../core/money.ts'
import {
  type Figures,
  NONE,
  type Section,
  type Table,
  type Value,
  count,
  instant,
  money,
  name,
  share,
  word,
} from '../core/report.ts'
import { type BudgetReplay, type Reached, type Standing, isCritical, isWarned } from './budget-replay.ts'
import type { History } from './history.ts'
import { type Replayed, type ReplayTerms, type Reroute, replay } from './replay.ts'

/** What limits and rules would have done to history. */
export function backtest(history: History, terms: ReplayTerms, mostRows: number): readonly Section[] {
  const replayed = replay(history, terms)
  return [
    outcomeFigures(replayed, history),
    budgetTable(replayed),
    ...(replayed.reroutes.length === 0 ? [] : [rerouteTable(replayed.reroutes, terms, mostRows)]),
    reachedTable(replayed.budgets, history, terms, mostRows),
  ]
}

/** What was spent that has no price is in none of these amounts. */
function outcomeFigures({ calls, usd, blocked, reroutes }: Replayed, { unpriced }: History): Figures {
  const lowered = sumOf(reroutes.map(({ saved }) => saved))
  const saved = plus(blocked.usd, lowered)
  const isUnsure = unpriced > 0
  return {
    kind: 'figures',
    key: 'outcome',
    title: 'What it would have been',
    figures: [
      { key: 'records', label: 'records', value: count(calls) },
      { key: 'cost_usd', label: 'spent', value: money(usd, isUnsure) },
      { key: 'would_cost_usd', label: 'would have been', value: money(minus(usd, saved), isUnsure) },
      { key: 'saved_usd', label: 'saved, an estimate', value: money(saved, false) },
      { key: 'saved', label: 'of what was spent', value: share(ratioOf(saved, usd)) },
      { key: 'blocked_records', label: 'records blocked', value: count(blocked.calls) },
      { key: 'blocked_usd', label: 'saved by blocking', value: money(blocked.usd, false) },
      {
        key: 'rerouted_records',
        label: 'records on another model',
        value: count(reroutes.reduce((sum, one) => sum + one.calls, 0)),
      },
      { key: 'rerouted_saved_usd', label: 'saved by that', value: money(lowered, false) },
    ],
  }
}

/** How often each budget would have spoken up: once for each period or session. */
function budgetTable({ budgets, acted }: Replayed): Table {
  return {
    kind: 'table',
    key: 'budgets',
    title: 'Budgets',
    columns: [
      { key: 'budget', title: 'budget' },
      { key: 'limit_usd', title: 'limit' },
      { key: 'action', title: 'action', expendable: 2 },
      { key: 'periods', title: 'periods' },
      { key: 'warned', title: 'warned' },
      { key: 'critical', title: 'critical' },
      { key: 'exceeded', title: 'over' },
      { key: 'exceeded_acted', title: 'over, acted', expendable: 5 },
      { key: 'most_usd', title: 'most', expendable: 3 },
      { key: 'records_after_critical', title: 'records after', expendable: 4 },
      { key: 'cost_after_critical_usd', title: 'after critical', expendable: 1 },
    ],
    rows: budgets.map((one, nth) => budgetRow(one, acted[nth]!)),
    total: null,
    left: 0,
  }
}

function budgetRow(actual: BudgetReplay, acted: BudgetReplay): readonly Value[] {
  const { budget } = actual
  const standings = actual.standings()
  const often = (is: (standing: Standing) => boolean): Value => count(standings.filter(is).length)
  return [
    name(budget.id),
    money(budget.limit, false),
    word(budget.action),
    count(standings.length),
    often(isWarned),
    often(isCritical),
    often(isOver),
    count(acted.standings().filter(isOver).length),
    money(
      standings.reduce((most, one) => (one.most > most ? one.most : most), NO_MONEY),
      false,
    ),
    count(standings.reduce((sum, { after }) => sum + after.calls, 0)),
    money(sumOf(standings.map(({ after }) => after.usd)), false),
  ]
}

function isOver({ reached }: Standing): boolean {
  return reached === 'limit'
}

const WORDS: Readonly<Record<Reached, string>> = {
  nothing: '',
  warning: 'warning',
  critical: 'critical',
  limit: 'over',
}

/** Each period and session that would have been warned of, the latest first. */
function reachedTable(
  budgets: readonly BudgetReplay[],
  history: History,
  { calendar }: ReplayTerms,
  mostRows: number,
): Table {
  const reached = budgets
    .flatMap((replayed) => replayed.standings().map((standing) => ({ budget: replayed.budget, standing })))
    .filter(({ standing }) => isWarned(standing))
    .toSorted((a, b) => (b.standing.at ?? 0) - (a.standing.at ?? 0))
  return {
    kind: 'table',
    key: 'reached',
    title: 'What would have been told, the latest first',
    columns: [
      { key: 'budget', title: 'budget' },
      { key: 'since', title: 'since' },
      { key: 'session_id', title: 'session', expendable: 1 },
      { key: 'level', title: 'level' },
      { key: 'at', title: 'at' },
      { key: 'most_usd', title: 'most' },
      { key: 'ratio', title: 'of limit' },
    ],
    rows: reached
      .slice(0, mostRows)
      .map(({ budget, standing }) => [
        name(budget.id),
        standing.day === null ? NONE : word(calendar.isoDay(standing.day)),
        standing.session === null ? NONE : name(history.sessionId(standing.session)),
        word(WORDS[standing.reached]),
        instant(standing.at),
        money(standing.most, false),
        share(ratioOf(standing.most, budget.limit)),
      ]),
    total: null,
    left: Math.max(0, reached.length - mostRows),
  }
}

/** What the router would have sent elsewhere, what saves most first. */
function rerouteTable(reroutes: readonly Reroute[], { steps }: ReplayTerms, mostRows: number): Table {
  const sorted = reroutes.toSorted((a, b) => (a.saved < b.saved ? 1 : a.saved > b.saved ? -1 : 0))
  return {
    kind: 'table',
    key: 'reroutes',
    title: 'On another model, the tokens the same',
    columns: [
      { key: 'from', title: 'from' },
      { key: 'to', title: 'to' },
      { key: 'at', title: 'pressure' },
      { key: 'records', title: 'records' },
      { key: 'cost_usd', title: 'cost' },
      { key: 'would_cost_usd', title: 'would cost' },
      { key: 'saved_usd', title: 'saved' },
    ],
    rows: sorted
      .slice(0, mostRows)
      .map(({ from, to, step, calls, usd, saved }) => [
        name(from),
        name(to),
        step === 0 ? word('by rule') : share(ratioOf(picodollarsOf(steps[step - 1]!), WHOLE)),
        count(calls),
        money(usd, false),
        money(minus(usd, saved), false),
        money(saved, false),
      ]),
    total: null,
    left: Math.max(0, sorted.length - mostRows),
  }
}

/** A share of one, in millionths. */
const WHOLE = picodollarsOf(1_000_000n)

function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce<Money>(plus, NO_MONEY)
}
