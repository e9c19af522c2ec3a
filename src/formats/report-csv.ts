import { type CsvNumber, csvRow } from '../core/csv-text.ts'
import { decimalText } from '../core/money.ts'
import {
  type Figures,
  type Report,
  type Section,
  type Series,
  type Table,
  type TableRows,
  type Value,
  isLowerBound,
} from '../core/report.ts'
import { formatInstant } from '../core/timestamp.ts'
import { inPieces } from './pieces.ts'
import { qualityTexts } from './report-head.ts'

/**
 * A report for spreadsheets: what it is about, then each section under its title with an empty line before it. Amounts
 * are dollars in full, and `lower_bound` says that the truth may be more. A report of one section is that table alone.
 */
export function reportCsvPieces(report: Report): Iterable<string> {
  return inPieces(reportLines(report))
}

function* reportLines(report: Report): Generator<string> {
  const [only, ...others] = report.sections
  if (only !== undefined && others.length === 0) return yield* sectionLines(only)
  const about = [
    csvRow([report.title]),
    csvRow(['timezone', report.zone]),
    csvRow(['as of', formatInstant(report.asOf)]),
    ...Object.entries(report.filters).map(([key, pattern]) => csvRow([key, pattern])),
    ...qualityTexts(report, Infinity, false).map((text) => csvRow(['data quality', text])),
  ]
  yield* about
  for (const section of report.sections) {
    yield `\n${csvRow([section.title])}`
    yield* sectionLines(section)
  }
}

function sectionLines(section: Section): Iterable<string> {
  switch (section.kind) {
    case 'figures':
      return figureLines(section)
    case 'table':
      return tableLines(section)
    case 'series':
      return seriesLines(section)
  }
}

function* figureLines({ figures }: Figures): Generator<string> {
  yield csvRow(['figure', 'value', 'lower_bound'])
  for (const { key, value } of figures) yield csvRow([key, valueField(value), boundField([value])])
}

function* tableLines({ columns, rows }: Table): Generator<string> {
  const hasMoney = someRow(rows, (row) => row.some(({ kind }) => kind === 'money'))
  yield csvRow([...columns.map(({ key }) => key), ...(hasMoney ? ['lower_bound'] : [])])
  for (const row of rows) yield csvRow([...row.map(valueField), ...(hasMoney ? [boundField(row)] : [])])
}

function someRow(rows: TableRows, isIt: (row: readonly Value[]) => boolean): boolean {
  for (const row of rows) if (isIt(row)) return true
  return false
}

function* seriesLines({ parts, points }: Series): Generator<string> {
  yield csvRow(['at', ...parts, 'lower_bound'])
  for (const { label, amounts, lowerBound } of points) {
    yield csvRow([label, ...amounts.map((usd) => ({ number: decimalText(usd) })), String(lowerBound)])
  }
}

function boundField(values: readonly Value[]): string {
  return values.some(({ kind }) => kind === 'money') ? String(isLowerBound(values)) : ''
}

function valueField(value: Value): string | CsvNumber {
  switch (value.kind) {
    case 'money':
      return { number: decimalText(value.usd) }
    case 'count':
      return { number: String(value.count) }
    case 'share':
      return numberField(value.share)
    case 'change':
      return numberField(value.change)
    case 'number':
      return numberField(value.number)
    case 'name':
      return value.name
    case 'word':
      return value.word
    case 'instant':
      return value.at === null ? '' : formatInstant(value.at)
    case 'duration':
      return { number: String(value.ms / 1000) }
    case 'none':
      return ''
  }
}

function numberField(number: number | null): string | CsvNumber {
  return number === null ? '' : { number: String(number) }
}
