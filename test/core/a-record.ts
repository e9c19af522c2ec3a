import { decimalText } from '../../src/core/money.ts'
import { type UsageRecord, emptyRecord } from '../../src/core/record.ts'
import { COUNT_FIELDS, LABEL_FIELDS, NAME_FIELDS } from '../../src/core/record-fields.ts'

/** A plausible record; name what matters to the test. */
export function aRecord(fields: Partial<UsageRecord> = {}): UsageRecord {
  return {
    ...emptyRecord(),
    timestamp: Date.UTC(2025, 11, 15, 14, 30),
    sessionId: 'session-1',
    project: 'my-app',
    model: 'claude-sonnet-4',
    tool: 'claude-code',
    taskType: 'feature',
    inputTokens: 12_000,
    outputTokens: 4_500,
    ...fields,
  }
}

/**
 * The record as a line of the ledger, without a newline. Absent fields are left out, but for one count: a line that
 * tells of no spend at all is no record.
 */
export function lineOf(record: UsageRecord): string {
  const defaults = emptyRecord()
  const line: Record<string, unknown> = record.id === '' ? {} : { v: 1, id: record.id }
  if (record.timestamp !== null) line['timestamp'] = new Date(record.timestamp).toISOString()
  if (record.adjustment) line['kind'] = 'adjustment'
  if (record.aggregate) line['aggregate'] = true
  for (const [key, field] of Object.entries({ ...NAME_FIELDS, ...LABEL_FIELDS, ...COUNT_FIELDS })) {
    const isTold = record[field] !== defaults[field] || key === 'input_tokens'
    if (key !== 'id' && isTold) line[key] = record[field]
  }
  if (record.costUsd !== null) line['cost_usd'] = Number(decimalText(record.costUsd))
  if (record.costSource !== null) line['cost_source'] = record.costSource
  if (record.durationSeconds !== null) line['duration_seconds'] = record.durationSeconds
  return JSON.stringify(line)
}
