import type { Dashboard } from '../core/dashboard.ts'
import type { Forecast } from '../core/forecast.ts'
import { isIn } from '../core/period.ts'
import type { Verdict } from '../core/verdict.ts'
import { hasRoomForCharts, todayCharts } from './today-charts.ts'
import { type BudgetColumns, budgetColumns, budgetLine } from './budget-lines.ts'
import { sessionDetail } from './detail-lines.ts'
import { type ForecastGround, forecastLine, limitText } from './forecast-line.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { guideLines } from './guide-lines.ts'
import { judgedBudgets } from './judged-budgets.ts'
import { BLANK, cutLine, type Line, lineWidth, span } from './line.ts'
import { nameText, sessionNames } from './name.ts'
import { overrideLines } from './override-lines.ts'
import { padEnd } from './pad.ts'
import { innerColumns, isCompact, isNarrow, type Page } from './page.ts'
import { paidLines } from './paid-lines.ts'
import { qualityLines } from './quality-lines.ts'
import { keepBest, ranked, type RankedLine } from './ranked-lines.ts'
import { sessionLines } from './session-lines.ts'
import { modelsLine, sessionsTitle } from './today-lines.ts'

/** What stays when there are fewer rows than lines: the first of this list longest. */
const RANK = {
  mainBudget: 0,
  finding: 1,
  scopedBudget: 2,
  today: 3,
  limits: 4,
  models: 5,
  gap: 6,
  detail: 7,
  latest: 7.5,
  paid: 7.6,
  moreScoped: 8,
  moreToday: 9,
  moreDetail: 10,
  chart: 11,
} as const

/** At least so many, and of a page with more rows a third. */
const MOST_SESSIONS = 12
const MOST_FINDINGS = 3
/** On fewer rows, all but one of them would cost a session or a budget its place. */
const ROOM_FOR_FINDINGS = 20

/** The dashboard without header and footer, in at most `rows` lines that leave a margin at both sides. */
export function dashboardLines(
  dashboard: Dashboard,
  now: number,
  page: Page,
  rows: number,
  clock: WallClock,
): Line[] {
  const { main, scoped } = judgedBudgets(dashboard)
  const columns = budgetColumns([...main, ...scoped], page)
  const gap = isCompact(page) ? [] : ranked(RANK.gap, BLANK)
  const ground = { now, today: dashboard.snapshot.periods.daily, clock }
  const budgets = [
    ...main.flatMap((verdict) => {
      const details = detailOf(verdict, dashboard, columns, ground, page)
      return ranked(RANK.mainBudget, budgetLine(verdict, columns, now, page)).concat(details)
    }),
    ...scoped.flatMap((verdict, index) =>
      ranked(index < 3 ? RANK.scopedBudget : RANK.moreScoped, budgetLine(verdict, columns, now, page)),
    ),
  ]
  const lines = [
    ...budgets,
    ...(budgets.length > 0 ? gap : []),
    ...todayOf(dashboard, columns.all, page),
    ...gap,
    ...factsOf(dashboard, columns.title, ground, page),
    ...gap,
  ]
  const { ellipsis } = glyphsOf(page.ascii)
  const free = rows - lines.length - gap.length
  const charts = hasRoomForCharts(free, page)
    ? [...gap, ...ranked(RANK.chart, ...todayCharts(dashboard, free, clock, page))]
    : []
  return keepBest([...lines, ...charts], rows).map((line) => cutLine(line, innerColumns(page), ellipsis))
}

function detailOf(
  verdict: Verdict,
  dashboard: Dashboard,
  columns: BudgetColumns,
  ground: ForecastGround,
  page: Page,
): RankedLine[] {
  const forecast = dashboard.forecasts.get(verdict.budget.id)
  if (isCompact(page)) return verdict.budget.id === 'daily' ? limitLine(forecast, ground) : []
  const indent = span(' '.repeat(columns.title + 1))
  const room = innerColumns(page) - columns.title - 1
  if (verdict.period !== null) {
    // The day is what somebody can still do something about.
    const rank = verdict.budget.kind === 'daily' ? RANK.detail : RANK.moreDetail
    const isTold = verdict.budget.kind === 'daily' || limitText(forecast, ground) !== null
    return isTold ? ranked(rank, [indent, ...forecastLine(verdict, forecast, ground, room, page)]) : []
  }
  const { sessions } = dashboard.snapshot
  const session = sessions.find(({ id }) => id === verdict.sessionId)
  if (session === undefined) return []
  const name = sessionNames(sessions, page).get(session.id) ?? session.id
  return ranked(RANK.detail, [indent, ...sessionDetail(session, name, room, page)])
}

/** In few columns the one thing that somebody has to know. */
function limitLine(forecast: Forecast | undefined, ground: ForecastGround): RankedLine[] {
  const text = limitText(forecast, ground)
  return text === null ? [] : ranked(RANK.limits, [span(text, 'warning')])
}

/** As wide as the gauges, so that levels stand below each other and no row is torn apart. */
function todayOf(dashboard: Dashboard, columns: number, page: Page): RankedLine[] {
  if (!dashboard.hasLedger) return guideOf(dashboard, page)
  const { snapshot, verdicts } = dashboard
  const names = sessionNames(snapshot.sessions, page)
  const shown = snapshot.sessions.slice(0, mostSessions(page))
  const sessions = sessionLines(shown, verdicts, names, page, columns)
  const none: Line = [span('nothing recorded today yet', 'quiet')]
  return [
    ...ranked(RANK.today, sessionsTitle(dashboard, columns, page)),
    ...(sessions.length === 0 ? ranked(RANK.today, none) : []),
    ...sessions.flatMap((line, index) => ranked(index < 3 ? RANK.today : RANK.moreToday, line)),
  ]
}

function mostSessions({ rows }: Page): number {
  return Number.isFinite(rows) ? Math.max(MOST_SESSIONS, Math.floor(rows / 3)) : MOST_SESSIONS
}

/** What to type next is what a newcomer needs most. */
function guideOf(dashboard: Dashboard, page: Page): RankedLine[] {
  const { title, where, what, next, log, demo } = guideLines(dashboard, page)
  return [
    ...ranked(RANK.today, title, where),
    ...ranked(RANK.models, what),
    ...ranked(RANK.finding, next),
    ...ranked(RANK.today, log, demo),
  ]
}

/** Titled lines at the end: models, which limits hold and what holds for a while, and what the numbers leave out. */
function factsOf(dashboard: Dashboard, title: number, ground: ForecastGround, page: Page): RankedLine[] {
  const fact = (name: string, line: Line): Line => [
    span(`${padEnd(name, title)} `, name === '' ? 'plain' : 'quiet'),
    ...line,
  ]
  const columns = innerColumns(page) - title - 1
  const models = modelsLine(dashboard, columns, page)
  const findings = qualityLines(dashboard.snapshot.quality, {
    columns,
    rows: page.rows < ROOM_FOR_FINDINGS ? 1 : MOST_FINDINGS,
    ascii: page.ascii,
  })
  return [
    ...(lineWidth(models) > 0 ? ranked(RANK.models, fact('Models', models)) : []),
    ...(dashboard.builtInLimits ? ranked(RANK.limits, fact('Limits', [span(builtInText(page))])) : []),
    ...paidLines(dashboard, columns, ground.clock, page).flatMap(({ title: name, line }) =>
      ranked(RANK.paid, fact(name, line)),
    ),
    ...latestOf(dashboard, ground, page).flatMap((line) => ranked(RANK.latest, fact('Last', line))),
    ...overrideLines(dashboard, ground.now, page).flatMap(({ title: name, line }) =>
      ranked(RANK.limits, fact(name, line)),
    ),
    ...findings.flatMap((text, index) =>
      ranked(RANK.finding, fact(index === 0 ? 'Data' : '', [span(text, 'warning')])),
    ),
    ...(findings.length === 0 && dashboard.hasLedger
      ? ranked(RANK.gap, fact('Data', [span(recordsText(dashboard, page), 'quiet')]))
      : []),
  ]
}

/** What was said last, and when. */
function latestOf({ latestAlert }: Dashboard, { today, clock }: ForecastGround, page: Page): Line[] {
  if (latestAlert === null) return []
  const { timestamp, message } = latestAlert
  const at = isIn(today, timestamp) ? clock.clock(timestamp) : clock.date(timestamp)
  return [[span(`${at} `, 'quiet'), span(nameText(message, page.ascii))]]
}

function builtInText(page: Page): string {
  return isNarrow(page) ? 'built in (no cost-limits.yaml)' : 'built-in limits (no cost-limits.yaml)'
}

function recordsText({ snapshot }: Dashboard, page: Page): string {
  const { records } = snapshot
  const count = `${records} ${records === 1 ? 'record' : 'records'} today`
  return isNarrow(page) ? `complete, ${count}` : `complete: ${count}, all read and priced`
}
