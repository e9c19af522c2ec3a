import { picodollarsOf } from '../core/money.ts'
import {
  type Report,
  type Section,
  type Series,
  type Table,
  type Value,
  money,
  name,
} from '../core/report.ts'
import { countOf } from './count.ts'
import { markdownCode, markdownText } from './markdown.ts'
import { aboutParts, qualityTexts } from './report-head.ts'
import type { ReportPage } from './report-format.ts'
import { isNumeric, valueText } from './value-text.ts'

/** A report in Markdown with tables. Foreign names stand in code spans, where nothing means anything. */
export function reportMarkdown(report: Report, page: ReportPage): string {
  const unicode = { ...page, ascii: false }
  const blocks = [
    `# ${markdownText(report.title)}`,
    aboutParts(report, unicode).map(markdownText).join(' · '),
    ...report.sections.flatMap((section) => [
      `## ${markdownText(section.title)}`,
      ...sectionBlocks(section, unicode),
    ]),
    '## Data quality',
    qualityTexts(report, Infinity, false)
      .map((text) => `- ${markdownText(text)}`)
      .join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

function sectionBlocks(section: Section, page: ReportPage): readonly string[] {
  switch (section.kind) {
    case 'figures':
      return [
        section.figures
          .map(({ label, value }) => `- ${markdownText(label)}: ${cellText(value, page)}`)
          .join('\n'),
      ]
    case 'table':
      return tableBlocks(section, page)
    case 'series':
      return seriesBlocks(section, page)
  }
}

function tableBlocks({ columns, rows: all, total, left }: Table, page: ReportPage): readonly string[] {
  const rows = [...all]
  if (rows.length === 0) return ['nothing']
  const told = total === null ? rows : [...rows, total]
  const aligns = columns.map((_, nth) => rows.every((row) => isNumeric(row[nth]!)))
  const head = columns.map(({ title }) => markdownText(title))
  const others = left === 0 ? [] : [`and ${countOf(left, 'other')}${total === null ? '' : ', in the total'}`]
  return [tableText(head, aligns, told, page), ...others]
}

function seriesBlocks({ parts, points }: Series, page: ReportPage): readonly string[] {
  if (points.length === 0) return ['nothing']
  const aligns = [false, true, ...parts.map(() => true)]
  const head = ['', 'all', ...parts.map((part) => cellText(name(part), page))]
  const rows = points.map(({ label, amounts, lowerBound }): readonly Value[] => [
    { kind: 'word', word: label },
    money(picodollarsOf(amounts.reduce((sum, usd) => sum + usd, 0n)), lowerBound),
    ...amounts.map((usd) => money(usd, false)),
  ])
  return [tableText(head, aligns, rows, page)]
}

/** `head` is Markdown already. */
function tableText(
  head: readonly string[],
  isRight: readonly boolean[],
  rows: readonly (readonly Value[])[],
  page: ReportPage,
): string {
  const lines = [head, isRight.map((right) => (right ? '---:' : '---'))]
  const cells = rows.map((row) => row.map((value) => cellText(value, page)))
  return [...lines, ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

function cellText(value: Value, page: ReportPage): string {
  const text = valueText(value, page)
  return value.kind === 'name' ? markdownCode(text) : markdownText(text)
}
