import { MAX_TOKENS, type UsageRecord, emptyRecord } from '../core/record.ts'
import { parseTimestamp } from '../core/timestamp.ts'
import type { SourceRecord } from './source.ts'

/** The members of a parsed object, whatever they are. */
export type Fields = Readonly<Record<string, unknown>>

/** Longer names are no names; they could be something that was typed. */
const LONGEST_NAME = 512

/** The members of an object; null for everything else. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

/** The object in a JSON text; null when it is none, or torn. */
export function parseFields(text: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return null
  }
}

/** A name; `''` when there is none. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' && value.length <= LONGEST_NAME ? value : ''
}

/** A count of tokens or calls. Tools write null or nothing for none; NaN for what no count can be. */
export function countOf(value: unknown): number {
  if (value === undefined || value === null) return 0
  return typeof value === 'number' && value >= 0 && value <= MAX_TOKENS ? Math.trunc(value) : NaN
}

/** Epoch milliseconds of an RFC 3339 text, or of epoch seconds or milliseconds; null when it is none. */
export function instantOf(value: unknown): number | null {
  return typeof value === 'string' || typeof value === 'number' ? parseTimestamp(value) : null
}

/** A record that says itself what it is the same as. */
export function sourceRecord(fields: Partial<UsageRecord>, cwd = ''): SourceRecord {
  return { record: { ...emptyRecord(), ...fields }, cwd, response: '', isFinal: true }
}

/** Whether all counts of a record are counts, and at least one says that something was used. */
export function hasUsage({
  inputTokens,
  outputTokens,
  cacheReadTokens,
  cacheWriteTokens,
  webSearchRequests,
}: UsageRecord): boolean {
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens + webSearchRequests > 0
}
