import { type UsageRecord, totalTokens } from './record.ts'

/** What the lines of one id say together, with what is needed to add another line. */
export interface Merged {
  readonly record: UsageRecord
  /** The line that named the labels: the one with the most tokens, ties by the byte-wise smallest. */
  readonly label: { readonly tokens: number; readonly line: Uint8Array }
}

export function mergedFrom(record: UsageRecord, line: Uint8Array): Merged {
  return { record, label: { tokens: totalTokens(record), line } }
}

/**
 * Joins two states of one id: the maximum of every token field, the earliest timestamp, the largest cost, what makes
 * the price from whichever line says it, all other fields from the line with the most tokens. Commutative, associative and idempotent, so neither the order of the
 * lines nor a repetition changes a total. Returns `a` itself when `b` adds nothing.
 */
export function merge(a: Merged, b: Merged): Merged {
  const label = labelWins(b.label, a.label) ? b : a
  const cost = costWins(b.record, a.record) ? b.record : a.record
  const record: UsageRecord = {
    ...label.record,
    timestamp: earliest(a.record.timestamp, b.record.timestamp),
    inputTokens: Math.max(a.record.inputTokens, b.record.inputTokens),
    outputTokens: Math.max(a.record.outputTokens, b.record.outputTokens),
    cacheReadTokens: Math.max(a.record.cacheReadTokens, b.record.cacheReadTokens),
    cacheWriteTokens: Math.max(a.record.cacheWriteTokens, b.record.cacheWriteTokens),
    cacheWrite1hTokens: Math.max(a.record.cacheWrite1hTokens, b.record.cacheWrite1hTokens),
    webSearchRequests: Math.max(a.record.webSearchRequests, b.record.webSearchRequests),
    costUsd: cost.costUsd,
    costSource: cost.costSource,
    serviceTier: said(a.record.serviceTier, b.record.serviceTier),
    speed: said(a.record.speed, b.record.speed),
    inferenceGeo: said(a.record.inferenceGeo, b.record.inferenceGeo),
  }
  return label === a && sameRecord(record, a.record) ? a : { record, label: label.label }
}

/** Tools may leave it out while a response streams in. The larger of two, so that no order matters. */
function said(a: string, b: string): string {
  return a > b ? a : b
}

function labelWins(challenger: Merged['label'], holder: Merged['label']): boolean {
  return (
    challenger.tokens > holder.tokens ||
    (challenger.tokens === holder.tokens && compareBytes(challenger.line, holder.line) < 0)
  )
}

/** Largest cost; for equal ones what the tool itself reported. */
function costWins(challenger: UsageRecord, holder: UsageRecord): boolean {
  if (challenger.costUsd === null) return false
  if (holder.costUsd === null || challenger.costUsd > holder.costUsd) return true
  return challenger.costUsd === holder.costUsd && rank(challenger) > rank(holder)
}

function rank(record: UsageRecord): number {
  return record.costSource === 'tool' ? 2 : record.costSource === 'table' ? 1 : 0
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

function sameRecord(a: UsageRecord, b: UsageRecord): boolean {
  return (Object.keys(a) as (keyof UsageRecord)[]).every((key) => a[key] === b[key])
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}
