import { qualityJson } from '../core/answers/check-json.ts'
import {
  type Json,
  type JsonMember,
  type JsonRow,
  type JsonScalar,
  escapeNonPrinting,
  jsonTexts,
} from '../core/json.ts'
import {
  type Figures,
  type Report,
  type ReportSpan,
  type Section,
  type Series,
  type Table,
  type Value,
  isLowerBound,
} from '../core/report.ts'
import { formatInstant } from '../core/timestamp.ts'
import { inPieces } from './pieces.ts'

/** Version of the shape; members may be added without a new one. */
const SCHEMA = 1

/**
 * A report as one JSON document: each section under its key, a table as an array of its rows. `lower_bound` says of a
 * row or of figures that something in them could not be priced, so that the truth is at least what they say.
 */
export function* reportJsonPieces(report: Report): Generator<string> {
  for (const piece of inPieces(textsOf(report))) yield escapeNonPrinting(piece)
}

function* textsOf(report: Report): Generator<string> {
  yield* jsonTexts(membersOf(report))
  yield '\n'
}

function* membersOf({ span, sections, ...report }: Report): Generator<JsonMember> {
  yield { key: 'schema', value: SCHEMA }
  yield { key: 'report', value: report.name }
  yield { key: 'title', value: report.title }
  yield { key: 'period', value: span === null ? null : periodJson(span) }
  yield { key: 'timezone', value: report.zone }
  yield { key: 'as_of', value: formatInstant(report.asOf) }
  yield { key: 'filters', value: { ...report.filters } }
  yield* sections.map(sectionMember)
  yield { key: 'data_quality', value: qualityJson(report.quality) }
}

function periodJson({ first, last, start, end }: ReportSpan): Json {
  return {
    first,
    last,
    start: start === null ? null : formatInstant(start),
    end: end === null ? null : formatInstant(end),
  }
}

function sectionMember(section: Section): JsonMember {
  const { key } = section
  switch (section.kind) {
    case 'figures':
      return { key, value: Object.fromEntries(figuresRow(section)) }
    case 'table':
      return { key, rows: tableRows(section) }
    case 'series':
      return { key, value: seriesJson(section) }
  }
}

function figuresRow({ figures }: Figures): JsonRow {
  return withBound(
    figures.map(({ key }) => key),
    figures.map(({ value }) => value),
  )
}

/** The rows alone: what they come to stands in the figures. */
function* tableRows({ columns, rows }: Table): Generator<JsonRow> {
  const keys = columns.map(({ key }) => key)
  for (const row of rows) yield withBound(keys, row)
}

function seriesJson({ parts, points }: Series): Json {
  return points.map(({ label, amounts, lowerBound }) => ({
    at: label,
    parts: parts.map((name, nth) => ({ name, cost_usd: amounts[nth]! })),
    lower_bound: lowerBound,
  }))
}

function withBound(keys: readonly string[], values: readonly Value[]): JsonRow {
  const row = values.map((value, nth) => [keys[nth]!, valueJson(value)] as const)
  const hasMoney = values.some(({ kind }) => kind === 'money')
  return hasMoney ? [...row, ['lower_bound', isLowerBound(values)]] : row
}

function valueJson(value: Value): JsonScalar {
  switch (value.kind) {
    case 'money':
      return value.usd
    case 'count':
      return value.count
    case 'share':
      return value.share
    case 'change':
      return value.change
    case 'number':
      return value.number
    case 'name':
      return value.name
    case 'word':
      return value.word
    case 'instant':
      return value.at === null ? null : formatInstant(value.at)
    case 'duration':
      return value.ms / 1000
    case 'none':
      return null
  }
}
