import { type UsageRecord, totalTokens } from '../core/record.ts'
import { hasUsage, sourceRecord } from './fields.ts'
import type { SourceRecord } from './source.ts'
import type { Tally } from '../core/tally.ts'

/** The four counts that every tool tells in its own words. */
export type TokenCounts = Pick<
  UsageRecord,
  'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens'
>

/** The record, unless nothing was used; one with a count that can be none is left out and counted as strange. */
export function usedRecords(
  fields: Partial<UsageRecord>,
  cwd: string,
  tally: Tally,
): readonly SourceRecord[] {
  const told = sourceRecord(fields, cwd)
  if (Number.isNaN(totalTokens(told.record) + told.record.cacheWrite1hTokens)) {
    tally.count('strange')
    return []
  }
  return hasUsage(told.record) ? [told] : []
}
