import { dashboardLines } from '../../formats/dashboard-lines.ts'
import { gauge } from '../../formats/gauge.ts'
import { ratioText } from '../../formats/amount.ts'
import { BLANK, type Line, span } from '../../formats/line.ts'
import { padStart } from '../../formats/pad.ts'
import { innerColumns, type Page } from '../../formats/page.ts'
import type { Screen } from './screen.ts'

/** The budgets, who spends them, and what the numbers leave out. */
export const dashboardScreen: Screen = ({ dashboard, now, progress }, page, rows) =>
  dashboard === null
    ? [BLANK, readingLine(progress, page)].slice(-rows)
    : dashboardLines(dashboard, now, page, rows)

const READING = 'Reading the ledger  '
const LONGEST_BAR = 30

function readingLine(progress: number | null, page: Page): Line {
  const columns = Math.min(LONGEST_BAR, innerColumns(page) - READING.length - 5)
  const bar = gauge({ ratio: progress, pace: null, columns, tone: 'ok', ascii: page.ascii })
  return [span(READING), ...bar, span(padStart(progress === null ? '' : ratioText(progress, page.ascii), 5))]
}
