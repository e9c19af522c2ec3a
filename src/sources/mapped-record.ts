import type { MappedField } from '../core/field-mapping.ts'
import { type MutableRecord, UNKNOWN, emptyRecord, totalTokens } from '../core/record.ts'
import { countOf, hasUsage, instantOf, nameOf } from './fields.ts'
import type { SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'
import { uncachedInput } from './uncached-input.ts'
import { writtenCost } from './written-cost.ts'

/** What is the same for all records of one log. */
export interface MappedLog {
  /** The name of the source: what the records have as their tool, and their ids begin with. */
  readonly name: string
  readonly inputIncludesCached: boolean
  /** Whether a record sums several requests. */
  readonly aggregate: boolean
}

/**
 * The record that the fields of a flat log entry make; none when they tell of no spend. An entry with an impossible
 * number is dropped and counted.
 *
 * @param id what tells the entry from all others, for an entry that names no id itself
 */
export function mappedRecord(
  log: MappedLog,
  valueOf: (field: MappedField) => unknown,
  id: string,
  tally: Tally,
): readonly SourceRecord[] {
  const record: MutableRecord = { ...emptyRecord(), tool: log.name, aggregate: log.aggregate }
  const input = countOf(valueOf('input_tokens'))
  record.cacheReadTokens = countOf(valueOf('cached_tokens'))
  record.inputTokens = log.inputIncludesCached ? uncachedInput(input, record.cacheReadTokens) : input
  record.cacheWriteTokens = countOf(valueOf('cache_write_tokens'))
  record.outputTokens = countOf(valueOf('output_tokens'))
  const cost = writtenCost(valueOf('cost_usd'))
  if (cost === null || Number.isNaN(totalTokens(record))) {
    tally.count('strange')
    return []
  }
  if (cost !== undefined) Object.assign(record, { costUsd: cost, costSource: 'tool' })
  else if (!hasUsage(record)) return []
  record.id = `${log.name}:${namedBy(valueOf('id')) || id}`
  record.timestamp = instantOf(valueOf('timestamp'))
  record.sessionId = namedBy(valueOf('session_id')) || UNKNOWN
  record.project = namedBy(valueOf('project')) || UNKNOWN
  record.model = nameOf(valueOf('model')) || UNKNOWN
  return [{ record, cwd: nameOf(valueOf('cwd')), response: '', isFinal: true }]
}

/** A number is a name too: many logs number their sessions. */
function namedBy(value: unknown): string {
  return typeof value === 'number' ? String(value) : nameOf(value)
}
