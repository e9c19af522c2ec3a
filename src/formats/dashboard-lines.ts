import type { Dashboard } from '../core/dashboard.ts'
import type { Verdict } from '../core/verdict.ts'
import { type BudgetColumns, budgetColumns, budgetLine } from './budget-lines.ts'
import { paceDetail, sessionDetail } from './detail-lines.ts'
import { glyphsOf } from './glyphs.ts'
import { guideLines } from './guide-lines.ts'
import { judgedBudgets } from './judged-budgets.ts'
import { BLANK, cutLine, type Line, lineWidth, span } from './line.ts'
import { sessionNames } from './name.ts'
import { padEnd } from './pad.ts'
import { innerColumns, isCompact, isNarrow, type Page } from './page.ts'
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
  moreScoped: 8,
  moreToday: 9,
} as const

const MOST_SESSIONS = 12
const MOST_FINDINGS = 3
/** On fewer rows, all but one of them would cost a session or a budget its place. */
const ROOM_FOR_FINDINGS = 20

/** The dashboard without header and footer, in at most `rows` lines that leave a margin at both sides. */
export function dashboardLines(dashboard: Dashboard, now: number, page: Page, rows: number): Line[] {
  const { main, scoped } = judgedBudgets(dashboard)
  const columns = budgetColumns([...main, ...scoped], page)
  const gap = isCompact(page) ? [] : ranked(RANK.gap, BLANK)
  const budgets = [
    ...main.flatMap((verdict) => {
      const details = ranked(RANK.detail, ...detailOf(verdict, dashboard, columns, now, page))
      return ranked(RANK.mainBudget, budgetLine(verdict, columns, now, page)).concat(details)
    }),
    ...scoped.flatMap((verdict, index) =>
      ranked(index < 3 ? RANK.scopedBudget : RANK.moreScoped, budgetLine(verdict, columns, now, page)),
    ),
  ]
  const lines = [
    ...budgets,
    ...(budgets.length > 0 ? gap : []),
    ...todayOf(dashboard, page),
    ...gap,
    ...factsOf(dashboard, columns.title, page),
    ...gap,
  ]
  const { ellipsis } = glyphsOf(page.ascii)
  return keepBest(lines, rows).map((line) => cutLine(line, innerColumns(page), ellipsis))
}

function detailOf(
  verdict: Verdict,
  dashboard: Dashboard,
  columns: BudgetColumns,
  now: number,
  page: Page,
): Line[] {
  if (isCompact(page)) return []
  const indent = span(' '.repeat(columns.title + 1))
  const room = innerColumns(page) - columns.title - 1
  if (verdict.budget.id === 'daily') return [[indent, ...paceDetail(verdict, now, page)]]
  const { sessions } = dashboard.snapshot
  const session = sessions.find(({ id }) => id === verdict.sessionId)
  if (session === undefined) return []
  const name = sessionNames(sessions, page).get(session.id) ?? session.id
  return [[indent, ...sessionDetail(session, name, room, page)]]
}

function todayOf(dashboard: Dashboard, page: Page): RankedLine[] {
  if (!dashboard.hasLedger) return guideOf(dashboard, page)
  const { snapshot, verdicts } = dashboard
  const names = sessionNames(snapshot.sessions, page)
  const sessions = sessionLines(snapshot.sessions.slice(0, MOST_SESSIONS), verdicts, names, page)
  const none: Line = [span('nothing recorded today yet', 'quiet')]
  return [
    ...ranked(RANK.today, sessionsTitle(dashboard, page)),
    ...(sessions.length === 0 ? ranked(RANK.today, none) : []),
    ...sessions.flatMap((line, index) => ranked(index < 3 ? RANK.today : RANK.moreToday, line)),
  ]
}

/** What to type next is what a newcomer needs most. */
function guideOf(dashboard: Dashboard, page: Page): RankedLine[] {
  const { title, where, what, next, or } = guideLines(dashboard, page)
  return [
    ...ranked(RANK.today, title, where),
    ...ranked(RANK.models, what),
    ...ranked(RANK.finding, next),
    ...ranked(RANK.today, or),
  ]
}

/** Titled lines at the end: models, which limits hold, and what the numbers leave out. */
function factsOf(dashboard: Dashboard, title: number, page: Page): RankedLine[] {
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
    ...findings.flatMap((text, index) =>
      ranked(RANK.finding, fact(index === 0 ? 'Data' : '', [span(text, 'warning')])),
    ),
    ...(findings.length === 0 && dashboard.hasLedger
      ? ranked(RANK.gap, fact('Data', [span(recordsText(dashboard, page), 'quiet')]))
      : []),
  ]
}

function builtInText(page: Page): string {
  return isNarrow(page) ? 'built in (no cost-limits.yaml)' : 'built-in limits (no cost-limits.yaml)'
}

function recordsText({ snapshot }: Dashboard, page: Page): string {
  const { records } = snapshot
  const count = `${records} ${records === 1 ? 'record' : 'records'} today`
  return isNarrow(page) ? `complete, ${count}` : `complete: ${count}, all read and priced`
}
