import { ratioText } from '../../formats/amount.ts'
import { gauge } from '../../formats/gauge.ts'
import { type Line, span } from '../../formats/line.ts'
import { padStart } from '../../formats/pad.ts'
import { innerColumns, type Page } from '../../formats/page.ts'

const READING = 'Reading the ledger  '
const LONGEST_BAR = 30

/** How much of the ledger has been read, 0 to 1; null when nobody knows. */
export function readingLine(progress: number | null, page: Page): Line {
  const columns = Math.min(LONGEST_BAR, innerColumns(page) - READING.length - 5)
  const bar = gauge({ ratio: progress, pace: null, columns, tone: 'ok', ascii: page.ascii })
  return [span(READING), ...bar, span(padStart(progress === null ? '' : ratioText(progress, page.ascii), 5))]
}
