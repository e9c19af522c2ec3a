import { type MutableRecord, UNKNOWN, emptyRecord, totalTokens } from '../core/record.ts'
import { type Fields, countOf, fieldsOf, hasUsage, instantOf, nameOf, parseFields } from './fields.ts'
import { OPENCODE_QUERIES } from './opencode-queries.ts'
import { reportedCost } from './reported-cost.ts'
import type { DatabaseRow, Places, Source, SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

const NAME = 'opencode'

/** OpenCode since version 1.2, which writes to a database. */
export const opencode: Source = {
  name: NAME,
  title: 'OpenCode',
  // Not the directory itself: beside its databases lie a file for each part of each answer, and copies of repositories.
  directories: (places) =>
    ['', '-next', '-beta', '-dev', '-local'].map(
      (channel) => `${dataDirectory(places)}/opencode${channel}.db`,
    ),
  isTranscript: (name) => /(^|\/)opencode(-[\w.-]+)?\.db$/.test(name),
  recognizes: (text) =>
    text.startsWith('SQLite format 3\0') && /CREATE TABLE\W+(session_)?message\W/.test(text),
  responseOf,
  reading: {
    kind: 'database',
    queries: OPENCODE_QUERIES,
    row: (row, _transcript, tally) => readMessage(messageOfRow(row), tally),
  },
}

/**
 * OpenCode before version 1.2, which wrote a file for each message. The database took most of them over, with the same
 * ids: so a message counts once, whether the files are read, the database, or both.
 */
export const opencodeFiles: Source = {
  name: 'opencode-files',
  title: 'OpenCode before 1.2',
  directories: (places) => [`${dataDirectory(places)}/storage/message`, `${dataDirectory(places)}/project`],
  isTranscript: (name) => /^(.*\/message\/)?ses_[^/]+\/[^/]+\.json$/.test(name),
  recognizes: (text) => /"modelID":/.test(text) && /"providerID":/.test(text) && /"sessionID":/.test(text),
  responseOf,
  reading: {
    kind: 'document',
    read: (text, _transcript, tally) => readMessage(messageOfFile(parseFields(text)), tally),
  },
}

/** One answer of a model, from wherever it was read. */
interface Message {
  readonly id: string
  readonly sessionId: string
  readonly model: string
  /** As written; epoch milliseconds, in some versions seconds. */
  readonly created: unknown
  readonly completed: unknown
  readonly cwd: string
  readonly cost: unknown
  readonly input: unknown
  readonly output: unknown
  readonly reasoning: unknown
  readonly cacheRead: unknown
  readonly cacheWrite: unknown
  readonly total: unknown
}

/** What a row or file turned out to be: an answer, something else, or nothing that could be read. */
type Reading = Message | 'other' | 'damaged'

function dataDirectory({ home, variables }: Places): string {
  const xdg = variables['XDG_DATA_HOME'] ?? ''
  return `${xdg === '' ? `${home}/.local/share` : xdg}/opencode`
}

function messageOfRow(row: DatabaseRow): Reading {
  if (row['is_json'] !== 1) return 'damaged'
  return {
    id: nameOf(row['id']),
    sessionId: nameOf(row['session_id']),
    model: nameOf(row['model']),
    created: row['created'],
    completed: row['completed'],
    cwd: nameOf(row['cwd']),
    cost: row['cost'],
    input: row['input'],
    output: row['output'],
    reasoning: row['reasoning'],
    cacheRead: row['cache_read'],
    cacheWrite: row['cache_write'],
    total: row['total'],
  }
}

function messageOfFile(fields: Fields | null): Reading {
  if (fields === null) return 'damaged'
  if (fields['role'] !== 'assistant') return 'other'
  const tokens = fieldsOf(fields['tokens'])
  const cache = fieldsOf(tokens?.['cache'])
  const time = fieldsOf(fields['time'])
  const path = fieldsOf(fields['path'])
  return {
    id: nameOf(fields['id']),
    sessionId: nameOf(fields['sessionID']),
    model: nameOf(fields['modelID']),
    created: time?.['created'],
    completed: time?.['completed'],
    cwd: nameOf(path?.['cwd']) || nameOf(path?.['root']),
    cost: fields['cost'],
    input: tokens?.['input'],
    output: tokens?.['output'],
    reasoning: tokens?.['reasoning'],
    cacheRead: cache?.['read'],
    cacheWrite: cache?.['write'],
    total: tokens?.['total'],
  }
}

function readMessage(message: Reading, tally: Tally): readonly SourceRecord[] {
  if (message === 'other') return []
  if (message === 'damaged') {
    tally.count('damaged')
    return []
  }
  const record = countsOf(message)
  if (message.id === '' || Number.isNaN(totalTokens(record))) {
    tally.count('strange')
    return []
  }
  Object.assign(record, reportedCost(message.cost))
  if (!hasUsage(record) && record.costUsd === null) return []
  const created = instantOf(message.created)
  const response = created === null ? '' : `${NAME}:${created}`
  // A fork of a session copies its messages under new ids, with all their numbers and times.
  const isCopy = created !== null && madeLater(message.id, created)
  record.id = isCopy ? response : `${response || NAME}:${message.id}`
  record.timestamp = created
  record.sessionId = message.sessionId || UNKNOWN
  record.model = message.model || UNKNOWN
  record.tool = NAME
  return [{ record, cwd: message.cwd, response, isFinal: typeof message.completed === 'number' }]
}

/** The counts of a message; an impossible one makes their sum NaN. */
function countsOf({ input, output, reasoning, cacheRead, cacheWrite, total }: Message): MutableRecord {
  const record = emptyRecord()
  record.inputTokens = countOf(input)
  record.outputTokens = countOf(output)
  record.cacheReadTokens = countOf(cacheRead)
  record.cacheWriteTokens = countOf(cacheWrite)
  // Reasoning comes on top of the output, but some versions had it in the output of OpenAI's models as well: then the
  // provider's total is the sum without it.
  if (total !== totalTokens(record)) record.outputTokens += countOf(reasoning)
  return record
}

/** What the id of a message begins with: how the tool wrote down when the id was made. */
const ID_TIME = /^msg_([\da-f]{9})[\da-f]{3}/
const TIME_SPAN = 2 ** 36

/** An id is made with its message, in the same millisecond or the one before. In milliseconds. */
const SLACK = 1000

/** Whether an id was made after the message. It holds the low 36 bits of the epoch milliseconds: 2.2 years. */
function madeLater(id: string, created: number): boolean {
  const match = ID_TIME.exec(id)
  if (match === null) return false
  const later = (parseInt(match[1]!, 16) - (created % TIME_SPAN) + TIME_SPAN) % TIME_SPAN
  return later > SLACK && later < TIME_SPAN / 2
}

/** `opencode:<created>` of `opencode:<created>:<message id>`. */
function responseOf(id: string): string {
  return /^opencode:\d+(?=:|$)/.exec(id)?.[0] ?? ''
}
