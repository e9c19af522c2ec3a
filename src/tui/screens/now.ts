import { dashboardLines } from '../../formats/dashboard-lines.ts'
import { BLANK } from '../../formats/line.ts'
import { readingLine } from './reading.ts'
import type { Screen } from './screen.ts'

/** The budgets, who spends them, and what the numbers leave out. */
export const nowScreen: Screen = ({ dashboard, now, progress }, page, rows, clock) =>
  dashboard === null
    ? [BLANK, readingLine(progress, page)].slice(-rows)
    : dashboardLines(dashboard, now, page, rows, clock)
