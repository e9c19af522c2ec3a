import { type CsvNumber, csvRow } from '../core/csv-text.ts'
import { decimalText } from '../core/money.ts'
import { recordText } from '../core/record-text.ts'
import { type UsageRecord, UNKNOWN } from '../core/record.ts'
import { formatInstant } from '../core/timestamp.ts'

/** A way to print records one by one. */
export interface RecordFormat {
  /** What stands above them, with its line feed. */
  readonly head: string
  /** A record with its line feed. */
  readonly row: (record: UsageRecord) => string
}

/** By column, in the words of the ledger; what is not known is empty. */
const COLUMNS: Readonly<Record<string, (record: UsageRecord) => string | CsvNumber>> = {
  timestamp: ({ timestamp }) => (timestamp === null ? '' : formatInstant(timestamp)),
  id: ({ id }) => id,
  session_id: ({ sessionId }) => named(sessionId),
  project: ({ project }) => named(project),
  model: ({ model }) => named(model),
  tool: ({ tool }) => named(tool),
  task_type: ({ taskType }) => named(taskType),
  input_tokens: ({ inputTokens }) => counted(inputTokens),
  output_tokens: ({ outputTokens }) => counted(outputTokens),
  cache_read_tokens: ({ cacheReadTokens }) => counted(cacheReadTokens),
  cache_write_tokens: ({ cacheWriteTokens }) => counted(cacheWriteTokens),
  cost_usd: ({ costUsd }) => (costUsd === null ? '' : { number: decimalText(costUsd) }),
  cost_source: ({ costSource }) => costSource ?? '',
  duration_seconds: ({ durationSeconds }) => (durationSeconds === null ? '' : counted(durationSeconds)),
  project_code: ({ projectCode }) => projectCode,
  task_id: ({ taskId }) => taskId,
  enhancement: ({ enhancement }) => enhancement,
  branch: ({ branch }) => branch,
  machine: ({ machine }) => machine,
  note: ({ note }) => note,
  kind: ({ adjustment }) => (adjustment ? 'adjustment' : ''),
  corrects: ({ corrects }) => corrects,
}

const FIELDS = Object.values(COLUMNS)

/** Every format of records; adding one is one line here. */
export const RECORD_FORMATS = {
  csv: {
    head: csvRow(Object.keys(COLUMNS)),
    row: (record: UsageRecord) => csvRow(FIELDS.map((field) => field(record))),
  },
  jsonl: { head: '', row: (record: UsageRecord) => `${recordText(record)}\n` },
} as const satisfies Record<string, RecordFormat>

function named(name: string): string {
  return name === UNKNOWN ? '' : name
}

function counted(count: number): CsvNumber {
  return { number: String(count) }
}
