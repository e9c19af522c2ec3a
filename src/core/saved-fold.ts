import type { FindingParts } from './findings.ts'
import type { Group } from './groups.ts'
import type { KnownSession } from './known-ledger.ts'

/**
 * What is left of a fold when all that no budget can tell apart has been added up: enough to judge every budget now
 * and on any later day, and small however long the ledger is. Plain JSON; amounts are decimal text in picodollars.
 */
export interface SavedFold {
  /** Days before this one are one day. */
  readonly detailFrom: number
  readonly groups: readonly Group[]
  readonly cells: readonly SavedCell[]
  /** Those that a budget may still judge today; all others are in the index of sessions. */
  readonly sessions: readonly SavedSession[]
  /** Sums by session and day, and the newest line of a day, from the day of saving on. */
  readonly sessionDays: readonly SavedSessionSum[]
  readonly newestOfDays: readonly (readonly [day: number, timestamp: number, session: number])[]
  /** Of the hour before saving, and of what was ahead of it. */
  readonly minutes: readonly SavedMinute[]
  readonly findings: FindingParts
}

/** Day, group, records, picodollars, tokens (input, output, cache read, cache write), unpriced records and tokens, rejected. */
export type SavedCell = readonly [
  day: number,
  group: number,
  records: number,
  usd: string,
  inputTokens: number,
  outputTokens: number,
  cacheReadTokens: number,
  cacheWriteTokens: number,
  unpricedRecords: number,
  unpricedTokens: number,
  rejected: number,
]

/** A group as in a saved cell, and picodollars. */
export type SavedMinute = readonly [minute: number, group: number, usd: string]

export interface SavedSession extends KnownSession {
  readonly id: string
  /** Of the newest line, as a number into `groups`. */
  readonly group: number
}

export type SavedSessionSum = readonly [
  session: number,
  day: number,
  records: number,
  usd: string,
  uncertain: number,
]

/** The columns of cells that are whole numbers, in the order of a saved cell. */
export const CELL_COUNTS = [
  'records',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'unpricedRecords',
  'unpricedTokens',
  'rejected',
] as const
