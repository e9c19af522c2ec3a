import type { Calendar } from '../core/calendar.ts'
import type { Dashboard } from '../core/dashboard.ts'
import { glyphsOf } from './glyphs.ts'
import { worstVerdict } from './judged-budgets.ts'
import { calloutText, standingOf } from './level.ts'
import { type Line, lineWidth, span, type Span, spread } from './line.ts'
import { nameText, shortIds } from './name.ts'
import { innerColumns, isNarrow, type Page } from './page.ts'

/** What a header needs of a calendar. */
export type WallClock = Pick<Calendar, 'clock' | 'date'>

/** Project, zone and time at the left and the worst verdict at the right; in narrow places the verdict leads. */
export function headerLine(dashboard: Dashboard, calendar: WallClock, now: number, page: Page): Line {
  const { ellipsis } = glyphsOf(page.ascii)
  const columns = innerColumns(page)
  const worst = worstCallout(dashboard, page.ascii)
  const where = whereAndWhen(dashboard, calendar, now, page)
  if (isNarrow(page))
    return spread([worst], firstFitting(where, columns - lineWidth([worst]) - 2), columns, ellipsis)
  return spread(firstFitting(where, columns - lineWidth([worst]) - 2), [worst], columns, ellipsis)
}

/** `■ OVER opus/daily`, `▲ WARNING session 3f9c1d`, `● ok`; says so when no budget is set. */
function worstCallout(dashboard: Dashboard, ascii: boolean): Span {
  const worst = worstVerdict(dashboard)
  if (worst === null) return span('no budget set', 'quiet')
  const standing = standingOf(worst)
  const callout = calloutText(standing, ascii)
  if (standing === 'ok') return span(callout, standing)
  const tone = worst.level === 'critical' ? 'alarm' : standing
  if (worst.sessionId === null) return span(`${callout} ${nameText(worst.budget.id, ascii)}`, tone)
  const ids = shortIds(dashboard.snapshot.sessions.map(({ id }) => id))
  const session = nameText(ids.get(worst.sessionId) ?? worst.sessionId, ascii)
  return span(`${callout} session ${session}`, tone)
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

function firstFitting(variants: readonly Line[], columns: number): Line {
  return variants.find((line) => lineWidth(line) <= columns) ?? variants.at(-1) ?? []
}
