import { displayMoney } from '../core/money.ts'
import type { Verdict } from '../core/verdict.ts'
import { amountText, percentText } from './amount.ts'
import { gauge } from './gauge.ts'
import { glyphsOf } from './glyphs.ts'
import { barRatio, budgetTitle, evenPace } from './judged-budgets.ts'
import { badgeText, standingOf } from '../core/standing.ts'
import { badgeColumns, markColumns, markText } from './level.ts'
import { type Line, span } from './line.ts'
import { padEnd, padStart, textWidth } from './pad.ts'
import { innerColumns, isNarrow, type Page } from './page.ts'

/** Where everything stands that gauges share, so that bars and numbers line up. */
export interface BudgetColumns {
  readonly title: number
  readonly bar: number
  readonly spent: number
  readonly limit: number
  /** All of them, from margin to margin unless the longest bar ends before. */
  readonly all: number
}

const PERCENT = 5
const SHORTEST_BAR = 4
const LONGEST_BAR = 80

/** Measures all budgets, also those that find no row, so that the columns stay when rows come and go. */
export function budgetColumns(verdicts: readonly Verdict[], page: Page): BudgetColumns {
  const narrow = isNarrow(page)
  const limits = verdicts.map(({ budget }) => displayMoney(budget.limit))
  const spent = widest([...limits, ...verdicts.map((verdict) => spentText(verdict, page))])
  const limit = narrow ? 0 : widest(limits)
  const numbers = narrow
    ? 1 + 1 + markColumns(page.ascii) + 1 + PERCENT + 2 + spent
    : 1 + 2 + spent + 3 + limit + 1 + PERCENT + 2 + badgeColumns(page.ascii)
  // No number is ever cut for the sake of a title.
  const room = innerColumns(page) - numbers
  const [least, most] = titleColumns(page)
  const titles = verdicts.map(({ budget }) => budgetTitle(budget, Math.min(most, room), page.ascii))
  const title = Math.max(least, widest(titles))
  const bar = Math.min(LONGEST_BAR, room - title)
  const all = innerColumns(page) - Math.max(0, room - title - LONGEST_BAR)
  return { title, bar: bar < SHORTEST_BAR ? 0 : bar, spent, limit, all }
}

/** The column of titles: wide enough that few and short budgets look like many, and narrow enough for a bar. */
function titleColumns(page: Page): readonly [least: number, most: number] {
  if (isNarrow(page)) return [7, 12]
  return [10, page.columns < 76 ? 13 : 18]
}

/** One budget: title, bar, spent, limit, percent and level; in narrow places without the limit and the word. */
export function budgetLine(verdict: Verdict, columns: BudgetColumns, now: number, page: Page): Line {
  const { ellipsis } = glyphsOf(page.ascii)
  const standing = standingOf(verdict)
  const title = span(`${padEnd(budgetTitle(verdict.budget, columns.title, page.ascii), columns.title)} `)
  const bar = gauge({
    ratio: barRatio(verdict),
    pace: evenPace(verdict, now),
    columns: columns.bar,
    tone: standing,
    ascii: page.ascii,
  })
  const percent = padStart(percentText(verdict.spent, verdict.budget.limit, page.ascii), PERCENT)
  const spent = padStart(spentText(verdict, page), columns.spent, ellipsis)
  if (isNarrow(page)) {
    const mark = padEnd(markText(standing, page.ascii), markColumns(page.ascii))
    return [title, ...bar, span(` ${mark}`, standing), span(` ${percent}  ${spent}`)]
  }
  const limit = padStart(displayMoney(verdict.budget.limit), columns.limit)
  const badge = padEnd(badgeText(standing, page.ascii), badgeColumns(page.ascii))
  return [
    title,
    ...bar,
    span(`  ${spent}`),
    span(` / ${limit}`, 'quiet'),
    span(` ${percent}  `),
    span(badge, standing),
  ]
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth))
}

function spentText({ spent, lowerBound }: Verdict, page: Page): string {
  return amountText(spent, lowerBound, page.ascii)
}
