import type { Calendar } from '../core/calendar.ts'
import type { Report } from '../core/report.ts'
import { REPORT_FORMATS } from '../formats/index.ts'
import { type PrintedReport, type ReportFormat, wholeText } from '../formats/report-format.ts'
import type { System } from '../system/system.ts'
import {
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
  UsageError,
  choiceOf,
  hasFlag,
  valueOf,
} from './command.ts'

const FORMATS = Object.keys(REPORT_FORMATS) as (keyof typeof REPORT_FORMATS)[]

/** Options of everything that prints a report. */
export const PRINT_OPTIONS = {
  format: {
    kind: 'value',
    placeholder: 'FORMAT',
    summary: 'how it is printed; default: text',
    choices: FORMATS,
  },
  ...JSON_OPTION,
  section: { kind: 'value', placeholder: 'KEY', summary: 'only this part, by its key in the JSON' },
  top: {
    kind: 'value',
    placeholder: 'N',
    summary: 'rows of each table, or all; default: 20, and all for json and csv',
  },
} as const satisfies Record<string, OptionSpec>

/** Rows that somebody reads. */
const USUAL_ROWS = 20

/** How a report is to be printed. */
export interface Printing {
  readonly format: ReportFormat
  readonly mostRows: number
  /** The only section that is wanted; null for all of them. */
  readonly section: string | null
}

/** Throws `UsageError`. */
export function printingOf(invocation: Invocation): Printing {
  const asJson = hasFlag(invocation, 'json')
  const name = choiceOf(invocation, 'format', FORMATS, asJson ? 'json' : 'text')
  if (asJson && name !== 'json') {
    throw new UsageError('--json and --format exclude each other: keep one')
  }
  const format = REPORT_FORMATS[name]
  return { format, mostRows: mostRowsOf(invocation, format), section: valueOf(invocation, 'section') }
}

/** The text of a report. Throws `UsageError` when it has no such section. */
export async function printReport(...asked: Parameters<typeof reportInPieces>): Promise<string> {
  return wholeText(await reportInPieces(...asked))
}

/** The same in pieces where it may be large. */
export async function reportInPieces(
  report: Report,
  { format, section }: Printing,
  { terminal }: Pick<System, 'terminal'>,
  calendar: Calendar,
): Promise<PrintedReport> {
  const print = await format.load()
  return print(section === null ? report : onlySection(report, section), { ...terminal.page(), calendar })
}

function onlySection(report: Report, wanted: string): Report {
  const sections = report.sections.filter(({ key }) => key === wanted)
  if (sections.length > 0) return { ...report, sections }
  const keys = report.sections.map(({ key }) => key).join(', ')
  throw new UsageError(`--section must be one of ${keys}`)
}

function mostRowsOf(invocation: Invocation, { isData }: ReportFormat): number {
  const text = valueOf(invocation, 'top')
  if (text === null) return isData ? Infinity : USUAL_ROWS
  if (text === 'all') return Infinity
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError('--top must be a number from 1 on, or all')
  return Number(text)
}
