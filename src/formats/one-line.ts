import type { Dashboard } from '../core/dashboard.ts'
import { displayMoney } from '../core/money.ts'
import type { Verdict } from '../core/verdict.ts'
import { amountText, percentText } from './amount.ts'
import { type ForecastGround, limitText } from './forecast-line.ts'
import { glyphsOf } from './glyphs.ts'
import { judgedBudgets, worstVerdict } from './judged-budgets.ts'
import { standingOf } from '../core/standing.ts'
import { markText } from './level.ts'
import { cutLine, joinSpans, type Line, lineWidth, span, type Span } from './line.ts'
import { nameText } from './name.ts'
import type { Page } from './page.ts'
import { qualityReason } from './quality-lines.ts'

/**
 * The worst budget and the first one, or why the worst may be worse than it says, in one line without margins:
 * `■ opus/daily 105% · daily $8.10/$10.00 81%`, `▲ daily 3% · unpriced: acme-1`.
 */
export function oneLine(dashboard: Dashboard, page: Page, ground: ForecastGround): Line {
  const { dot, ellipsis } = glyphsOf(page.ascii)
  const worst = worstVerdict(dashboard)
  if (worst === null) return cutLine([span('no budget set', 'quiet')], page.columns, ellipsis)
  const standing = standingOf(worst)
  const mark = span(`${markText(standing, page.ascii)} `, standing)
  const lines = variantsOf(dashboard, worst, page, ground).map((facts) => [
    mark,
    ...joinSpans(
      facts.map((fact) => [fact]),
      span(` ${dot} `, 'quiet'),
    ),
  ])
  const fitting = lines.find((line) => lineWidth(line) <= page.columns)
  return fitting ?? cutLine(lines.at(-1) ?? [], page.columns, ellipsis)
}

/** What can be said, from most to least; the last of them may have to be cut. */
function variantsOf(
  dashboard: Dashboard,
  worst: Verdict,
  page: Page,
  ground: ForecastGround,
): readonly (readonly Span[])[] {
  const lead = percentOf(worst, page)
  const first = judgedBudgets(dashboard).main[0]
  const known: readonly (readonly Span[])[] =
    first === undefined || first === worst
      ? [[amountsOf(worst, page)], [lead]]
      : [[lead, amountsOf(first, page)], [lead, percentOf(first, page)], [lead]]
  const limit = first === undefined ? null : limitText(dashboard.forecasts.get(first.budget.id), ground)
  const budgets = limit === null ? known : [[...(known[0] ?? []), span(limit, 'warning')], ...known]
  const reason = qualityReason(dashboard.snapshot.quality, page.ascii)
  if (reason === null) return budgets
  const explained = budgets.map((facts) => [...facts, span(reason, 'warning')])
  // Only what nobody could price or read makes this more than a few percent: without it the mark is a riddle.
  const isRiddle = worst.lowerBound && worst.level !== 'critical'
  return isRiddle ? explained : [...explained.slice(0, 1), ...budgets]
}

function amountsOf(verdict: Verdict, page: Page): Span {
  const { spent, lowerBound, budget } = verdict
  const amounts = `${amountText(spent, lowerBound, page.ascii)}/${displayMoney(budget.limit)}`
  return span(`${nameOf(verdict, page)} ${amounts} ${percentText(spent, budget.limit, page.ascii)}`)
}

function percentOf(verdict: Verdict, page: Page): Span {
  return span(`${nameOf(verdict, page)} ${percentText(verdict.spent, verdict.budget.limit, page.ascii)}`)
}

function nameOf({ budget }: Verdict, page: Page): string {
  return budget.id === 'per_session' ? 'session' : nameText(budget.id, page.ascii)
}
