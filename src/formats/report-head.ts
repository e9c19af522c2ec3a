import type { Report } from '../core/report.ts'
import { hasFindings } from '../core/quality.ts'
import { nameText } from './name.ts'
import { qualityLines } from './quality-lines.ts'
import type { ReportPage } from './report-format.ts'
import { valueText } from './value-text.ts'

/** What a report is about besides its title: instant, zone, and what it was narrowed to. */
export function aboutParts({ asOf, zone, filters }: Report, page: ReportPage): readonly string[] {
  const narrowed = Object.entries(filters).map(
    ([key, pattern]) => `${key.replaceAll('_', ' ')} ${nameText(pattern, page.ascii)}`,
  )
  return [`as of ${valueText({ kind: 'instant', at: asOf }, page)} ${zone}`, ...narrowed]
}

/** What the numbers leave out or doubt; that it is nothing is said too. */
export function qualityTexts({ quality }: Report, columns: number, ascii: boolean): readonly string[] {
  if (!hasFindings(quality)) return ['every record read, dated and priced']
  return qualityLines(quality, { columns, rows: Infinity, ascii })
}
