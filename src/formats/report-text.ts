import { picodollarsOf } from '../core/money.ts'
import { type Figures, type Report, type Section, type Series, type Table, money } from '../core/report.ts'
import { amountBar } from './amount-bar.ts'
import { countOf } from './count.ts'
import { glyphsOf } from './glyphs.ts'
import { lineText, span } from './line.ts'
import { textWidth } from './pad.ts'
import { aboutParts, qualityTexts } from './report-head.ts'
import type { ReportPage } from './report-format.ts'
import { type Column, tableLines } from './table.ts'
import { isNumeric, valueText } from './value-text.ts'

/** A report for terminals: as wide as the page, without colours. */
export function reportText(report: Report, page: ReportPage): string {
  const { dot, rule } = glyphsOf(page.ascii)
  const room = { ...page, columns: Math.max(40, page.columns) }
  const head = [
    report.title,
    aboutParts(report, room).join(` ${dot} `),
    rule.repeat(Math.min(room.columns, WIDEST_RULE)),
  ]
  const sections = report.sections.map((section) => ['', section.title, ...sectionLines(section, room)])
  const quality = qualityTexts(report, room.columns - INDENT.length, room.ascii)
  const blocks = [...head, ...sections.flat(), '', 'Data quality', ...indented(quality)]
  return `${blocks.map((line) => line.trimEnd()).join('\n')}\n`
}

const WIDEST_RULE = 72
const INDENT = '  '

function sectionLines(section: Section, page: ReportPage): readonly string[] {
  switch (section.kind) {
    case 'figures':
      return figureLines(section, page)
    case 'table':
      return tableText(section, page)
    case 'series':
      return seriesLines(section, page)
  }
}

function figureLines({ figures }: Figures, page: ReportPage): readonly string[] {
  const columns: readonly Column[] = [
    columnOf(
      figures.map(({ label }) => label),
      'left',
    ),
    columnOf(
      figures.map(({ value }) => valueText(value, page)),
      'left',
      true,
    ),
  ]
  return laidOut(columns, page)
}

function tableText({ columns, rows: all, total, left }: Table, page: ReportPage): readonly string[] {
  const rows = [...all]
  if (rows.length === 0) return indented(['nothing'])
  const told = total === null ? rows : [...rows, total]
  const table = columns.map((column, nth): Column => {
    const cells = told.map((row) => valueText(row[nth]!, page))
    const align = rows.every((row) => isNumeric(row[nth]!)) ? 'right' : 'left'
    const isForeign = rows.some((row) => row[nth]!.kind === 'name')
    const expendable = column.expendable === undefined ? {} : { expendable: column.expendable }
    return { ...columnOf([column.title, ...cells], align, isForeign), ...expendable }
  })
  const others =
    left === 0
      ? []
      : [`and ${countOf(left, 'other')}${total === null ? '' : ', in the total'}: --top all tells them`]
  return [...laidOut(table, page), ...indented(others)]
}

function seriesLines({ points }: Series, page: ReportPage): readonly string[] {
  if (points.length === 0) return indented(['nothing'])
  const totals = points.map(({ amounts }) => amounts.reduce((sum, amount) => sum + amount, 0n))
  const most = totals.reduce((a, b) => (a > b ? a : b), 0n)
  const columns: readonly Column[] = [
    columnOf(
      points.map(({ label }) => label),
      'left',
    ),
    columnOf(
      totals.map((usd, nth) => valueText(money(picodollarsOf(usd), points[nth]!.lowerBound), page)),
      'right',
    ),
    columnOf(
      totals.map((usd) => amountBar(usd, most, BAR_COLUMNS, page.ascii)),
      'left',
    ),
  ]
  return laidOut(columns, page)
}

const BAR_COLUMNS = 30

/** Names may give way; what we say ourselves never does. */
function columnOf(texts: readonly string[], align: Column['align'], isForeign = false): Column {
  const widest = texts.reduce((most, text) => Math.max(most, textWidth(text)), 0)
  const least = isForeign ? Math.min(widest, LEAST_NAME) : widest
  return { cells: texts.map((text) => span(text)), align, least, most: widest }
}

const LEAST_NAME = 20

function laidOut(columns: readonly Column[], { columns: width, ascii }: ReportPage): readonly string[] {
  const lines = tableLines(columns, width - INDENT.length, glyphsOf(ascii).ellipsis)
  return indented(lines.map(lineText))
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => INDENT + line)
}
