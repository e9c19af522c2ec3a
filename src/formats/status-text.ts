import type { Dashboard } from '../core/dashboard.ts'
import { dashboardLines } from './dashboard-lines.ts'
import { headerLine, type WallClock } from './header-line.ts'
import { lineText } from './line.ts'
import { type Page, WIDEST_PRINTED } from './page.ts'

/**
 * What the pane shows, as plain text: one line each, as many as there are, without colours, margins or trailing
 * blanks. Ends with a line feed. The clock is the instant of the numbers.
 */
export function statusText(
  dashboard: Dashboard,
  calendar: WallClock,
  options: { readonly columns: number; readonly ascii: boolean },
): string {
  // Printed text has no margins, so it may use the two columns that the pane keeps free.
  const columns = Math.min(WIDEST_PRINTED, Math.max(30, options.columns) + 2)
  const page: Page = { columns, rows: Infinity, ascii: options.ascii }
  const { asOf } = dashboard.snapshot
  const lines = [
    headerLine(dashboard, calendar, asOf, page),
    [],
    ...dashboardLines(dashboard, asOf, page, Infinity, calendar),
  ]
  return `${lines
    .map((line) => lineText(line).trimEnd())
    .join('\n')
    .trimEnd()}\n`
}
