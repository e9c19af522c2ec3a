import { parseCsv } from '../core/csv.ts'
import type { MappedField } from '../core/field-mapping.ts'
import { contentId } from './content-id.ts'
import { type MappedLog, mappedRecord } from './mapped-record.ts'
import type { Source, SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

const FILE = 'sessions.csv'

/**
 * A table of sessions, one row each, as a hook at the end of a session keeps it. Its columns are found by their names,
 * in any order. The rows of one session and model are tellings of the same sums; a row without a session is known by
 * its text, so that rows which are alike in every character count once.
 */
export const sessionsCsv: Source = {
  name: 'sessions-csv',
  title: 'sessions.csv',
  directories: ({ home }) => [`${home}/Projects/claude-tracking`, `${home}/claude-tracking`],
  isTranscript: (name) => name.slice(name.lastIndexOf('/') + 1) === FILE,
  recognizes: (text) => sessionsHeaderProblem(text) === null,
  reading: { kind: 'document', read: (text, _transcript, tally) => readSessions(text, tally) },
}

const LOG: MappedLog = { name: 'sessions-csv', inputIncludesCached: false, aggregate: true }

/** How a column may be called, without case, spaces, `_`, `-`, `.`, and what stands in brackets. */
const COLUMNS: Readonly<Record<MappedField | 'project_code' | 'duration_seconds', readonly string[]>> = {
  timestamp: ['timestamp', 'date', 'datetime', 'time', 'start', 'started', 'startedat', 'starttime'],
  id: ['id'],
  session_id: ['session', 'sessionid'],
  project: ['project', 'projectname'],
  project_code: ['projectcode', 'code'],
  cwd: ['cwd', 'directory', 'projectdir', 'projectpath'],
  model: ['model'],
  input_tokens: ['input', 'inputtokens', 'tokensin', 'tokensinput'],
  cached_tokens: ['cacheread', 'cachereadtokens', 'cachereadinputtokens'],
  cache_write_tokens: [
    'cachewrite',
    'cachewritetokens',
    'cachecreation',
    'cachecreationtokens',
    'cachecreationinputtokens',
  ],
  output_tokens: ['output', 'outputtokens', 'tokensout', 'tokensoutput'],
  cost_usd: ['cost', 'costusd', 'totalcost', 'totalcostusd'],
  duration_seconds: ['duration', 'durationseconds', 'durationsecs', 'durations'],
}
type Column = keyof typeof COLUMNS

/**
 * Why the columns of a table cannot be used, as a sentence with the fix; null when they can: they say when, and how
 * many tokens or at what cost. The other columns may be missing.
 */
export function sessionsHeaderProblem(text: string): string | null {
  const columns = columnsOf(headerOf(text))
  const missing: string[] = []
  if (!columns.has('timestamp')) missing.push('the time (such as `date` or `timestamp`)')
  const hasTokens = columns.has('input_tokens') && columns.has('output_tokens')
  if (!hasTokens && !columns.has('cost_usd')) {
    missing.push('what was used (`input_tokens` and `output_tokens`, or `cost_usd`)')
  }
  if (missing.length === 0) return null
  return `${FILE} has no column for ${missing.join(' nor for ')}: give the first row such a name`
}

function readSessions(text: string, tally: Tally): readonly SourceRecord[] {
  if (text.trim() === '') return []
  const { rows, isTorn } = parseCsv(text, separatorOf(text))
  if (isTorn) tally.count('damaged')
  const columns = columnsOf(rows[0] ?? [])
  if (sessionsHeaderProblem(text) !== null) {
    tally.count('strange')
    return []
  }
  return rows.slice(1).flatMap((row) => readRow(row, columns, tally))
}

function readRow(
  row: readonly string[],
  columns: ReadonlyMap<Column, number>,
  tally: Tally,
): readonly SourceRecord[] {
  const cell = (column: Column): string => row[columns.get(column) ?? -1]?.trim() ?? ''
  const session = cell('session_id')
  const id = session === '' ? contentId(row.join('\0')) : `${session}:${cell('model')}`
  const found = mappedRecord(LOG, (field) => valueOf(field, cell(field)), id, tally)
  return found.map((one) => ({
    ...one,
    record: {
      ...one.record,
      projectCode: cell('project_code'),
      durationSeconds: secondsOf(cell('duration_seconds')),
    },
  }))
}

/** A cell as what it means: counts as numbers, where they are, and `''` as nothing. */
function valueOf(field: MappedField, cell: string): string | number | undefined {
  if (cell === '') return undefined
  if (!field.endsWith('_tokens')) return cell
  const digits = cell.replace(/(?<=\d),(?=\d{3}(,|$))/g, '')
  return /^\d{1,15}(\.0*)?$/.test(digits) ? Number(digits) : cell
}

/** `90`, `1:30` or `1:00:30` in seconds; null for what is neither. A duration only informs. */
function secondsOf(cell: string): number | null {
  if (/^\d{1,9}(\.\d{1,6})?$/.test(cell)) return Number(cell)
  const clock = /^(?:(\d{1,4}):)?(\d{1,4}):(\d\d)$/.exec(cell)
  return clock === null ? null : Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
}

/** The first of two columns with names of one meaning counts. */
function columnsOf(header: readonly string[]): ReadonlyMap<Column, number> {
  const plain = header.map((name) => name.toLowerCase().replace(/[([][^)\]]*[)\]]|[\s_.-]/g, ''))
  const found = new Map<Column, number>()
  for (const column of Object.keys(COLUMNS) as Column[]) {
    const index = plain.findIndex((name) => COLUMNS[column].includes(name))
    if (index >= 0) found.set(column, index)
  }
  return found
}

function headerOf(text: string): readonly string[] {
  const line =
    text
      .slice(0, LONGEST_HEADER)
      .replace(/^\uFEFF?\s*/, '')
      .split(/[\r\n]/, 1)[0] ?? ''
  return parseCsv(line, separatorOf(text)).rows[0] ?? []
}

const LONGEST_HEADER = 16_384

/** What separates the columns: whichever of comma, semicolon and tab is most frequent in the first row. */
function separatorOf(text: string): string {
  const line =
    text
      .slice(0, LONGEST_HEADER)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? ''
  const frequency = (separator: string) => line.split(separator).length
  return [',', ';', '\t'].reduce((best, other) => (frequency(other) > frequency(best) ? other : best))
}
