import type { Calendar } from '../core/calendar.ts'
import type { Report } from '../core/report.ts'
import type { Page } from './page.ts'

/** Where a report is printed, and by whose clock. */
export interface ReportPage extends Pick<Page, 'columns' | 'ascii'> {
  readonly calendar: Pick<Calendar, 'clock' | 'dayOf' | 'isoDay'>
}

/** Makes a report into text that ends with a line feed. */
export type PrintReport = (report: Report, page: ReportPage) => PrintedReport

/** A text, or the pieces of one that may be larger than anybody wants to hold at once. */
export type PrintedReport = string | Iterable<string>

/** All of a text in one. */
export function wholeText(printed: PrintedReport): string {
  return typeof printed === 'string' ? printed : [...printed].join('')
}

/** A way to print reports. What it takes is loaded when it is asked for: charts would slow down every start. */
export interface ReportFormat {
  /** Of the files that it is saved in. */
  readonly ending: string
  /** For programs or spreadsheets, which can take every row. */
  readonly isData: boolean
  readonly load: () => Promise<PrintReport>
}
