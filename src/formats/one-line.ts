import type { Dashboard } from '../core/dashboard.ts'
import { displayMoney } from '../core/money.ts'
import type { Verdict } from '../core/verdict.ts'
import { amountText, percentText } from './amount.ts'
import { glyphsOf } from './glyphs.ts'
import { judgedBudgets, worstVerdict } from './judged-budgets.ts'
import { markText, standingOf } from './level.ts'
import { cutLine, type Line, lineWidth, span, type Span } from './line.ts'
import { nameText } from './name.ts'
import type { Page } from './page.ts'

/** The worst budget and the first one, in one line without margins: `■ opus/daily 105% · daily $8.10/$10.00 81%`. */
export function oneLine(dashboard: Dashboard, page: Page): Line {
  const { dot, ellipsis } = glyphsOf(page.ascii)
  const worst = worstVerdict(dashboard)
  if (worst === null) return cutLine([span('no budget set', 'quiet')], page.columns, ellipsis)
  const standing = standingOf(worst)
  const mark = span(`${markText(standing, page.ascii)} `, standing)
  const lead = [mark, percentOf(worst, page)]
  const first = judgedBudgets(dashboard).main[0]
  const dotted = span(` ${dot} `, 'quiet')
  const variants: readonly Line[] =
    first === undefined || first === worst
      ? [[mark, amountsOf(worst, page)], lead]
      : [[...lead, dotted, amountsOf(first, page)], [...lead, dotted, percentOf(first, page)], lead]
  const fitting = variants.find((line) => lineWidth(line) <= page.columns)
  return fitting ?? cutLine(lead, page.columns, ellipsis)
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
