import type { Calendar } from '../core/calendar.ts'
import type { Dashboard } from '../core/dashboard.ts'
import type { Verdict } from '../core/verdict.ts'
import { glyphsOf } from './glyphs.ts'
import { briefId, worstVerdict } from './judged-budgets.ts'
import { standingOf } from '../core/standing.ts'
import { calloutText } from './level.ts'
import { type Line, lineWidth, span, type Span, spread, firstFitting } from './line.ts'
import { nameText, sessionNames } from './name.ts'
import { innerColumns, isNarrow, type Page } from './page.ts'

/** What a header needs of a calendar. */
export type WallClock = Pick<Calendar, 'clock' | 'date'>

/** Project, zone and time at the left and the worst verdict at the right; in narrow places the verdict leads. */
export function headerLine(dashboard: Dashboard, calendar: WallClock, now: number, page: Page): Line {
  const { ellipsis } = glyphsOf(page.ascii)
  const columns = innerColumns(page)
  const where = whereAndWhen(dashboard, calendar, now, page)
  const callouts = worstCallouts(dashboard, page).map((callout) => [callout])
  const worst = firstFitting(callouts, columns - GAP - lineWidth(where.at(-1) ?? []))
  const rest = firstFitting(where, columns - lineWidth(worst) - GAP)
  return isNarrow(page) ? spread(worst, rest, columns, ellipsis) : spread(rest, worst, columns, ellipsis)
}

const GAP = 2

/**
 * `■ OVER opus/daily`, `▲ WARNING session 3f9c1d77`, `● ok`, and the same in fewer words; says so when no budget is
 * set.
 */
function worstCallouts(dashboard: Dashboard, page: Page): readonly Span[] {
  const { ascii } = page
  const worst = worstVerdict(dashboard)
  if (worst === null) return [span('no budget set', 'quiet')]
  const standing = standingOf(worst)
  const callout = calloutText(standing, ascii)
  if (standing === 'ok') return [span(callout, standing)]
  const tone = worst.level === 'critical' ? 'alarm' : standing
  return namesOf(worst, dashboard, page).map((name) => span(`${callout} ${name}`, tone))
}

function namesOf({ budget, sessionId }: Verdict, { snapshot }: Dashboard, page: Page): readonly string[] {
  const id = nameText(budget.id, page.ascii)
  if (sessionId === null) return [id, briefId(id)]
  const session = sessionNames(snapshot.sessions, page).get(sessionId) ?? nameText(sessionId, page.ascii)
  return [`session ${session}`, session]
}

/** From all we would like to say to the least that is useful. */
function whereAndWhen(dashboard: Dashboard, calendar: WallClock, now: number, page: Page): Line[] {
  const dot = ` ${glyphsOf(page.ascii).dot} `
  const zone = nameText(dashboard.snapshot.zone, page.ascii)
  const clock = calendar.clock(now)
  const date = calendar.date(now)
  const project = dashboard.project === null ? [] : [nameText(dashboard.project, page.ascii)]
  const facts = [...project, zone, `${date} ${clock}`].join(dot)
  return [
    [span('ai-costs', 'title'), span(`  ${facts}`)],
    [span(facts)],
    [span([zone, `${date} ${clock}`].join(dot))],
    [span(`${zone} ${clock}`)],
    [span(clock)],
  ]
}
