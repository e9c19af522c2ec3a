import { type Money, picodollarsOf } from './money.ts'

/** What a name is called when the writer left it out. `per_session` never judges it. */
export const UNKNOWN = '(unknown)'

/** No single record may claim more: beyond it the numbers are damage, not usage. */
export const MAX_TOKENS = 1e12
export const MAX_COST = picodollarsOf(1_000_000n * 10n ** 12n)

/** Who says what a record cost: the tool itself, or our price table at the moment of writing. */
export type CostSource = 'tool' | 'table'

/**
 * One line of the ledger: tokens of one model in one session at one instant. Absent labels are `''`, absent names
 * `(unknown)`, so that every record has the same shape and the fold stays fast.
 */
export interface UsageRecord {
  /** Stable identity; `''` when the writer gave none. */
  readonly id: string
  /** Epoch milliseconds; null when the record has no usable timestamp and so counts in all-time only. */
  readonly timestamp: number | null
  readonly sessionId: string
  readonly project: string
  readonly model: string
  readonly tool: string
  readonly taskType: string
  /** Uncached input only. */
  readonly inputTokens: number
  /** Reasoning included. */
  readonly outputTokens: number
  readonly cacheReadTokens: number
  /** All cache writes, the one-hour ones included. */
  readonly cacheWriteTokens: number
  readonly cacheWrite1hTokens: number
  readonly webSearchRequests: number
  /** As written in the record; null when absent. Zero with tokens means "absent" unless the model is free. */
  readonly costUsd: Money | null
  readonly costSource: CostSource | null
  readonly durationSeconds: number | null
  readonly serviceTier: string
  readonly speed: string
  readonly inferenceGeo: string
  /** The record sums several requests: tiers that depend on one request's size do not apply. */
  readonly aggregate: boolean
  /** An adjustment is the only kind of record that may be negative. */
  readonly adjustment: boolean
  /** The id that an adjustment corrects. */
  readonly corrects: string
  readonly branch: string
  readonly taskId: string
  readonly enhancement: string
  readonly projectCode: string
  readonly note: string
  readonly machine: string
}

/** The same shape while a reader fills it. */
export type MutableRecord = { -readonly [Key in keyof UsageRecord]: UsageRecord[Key] }

export function emptyRecord(): MutableRecord {
  return {
    id: '',
    timestamp: null,
    sessionId: UNKNOWN,
    project: UNKNOWN,
    model: UNKNOWN,
    tool: UNKNOWN,
    taskType: UNKNOWN,
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    cacheWrite1hTokens: 0,
    webSearchRequests: 0,
    costUsd: null,
    costSource: null,
    durationSeconds: null,
    serviceTier: '',
    speed: '',
    inferenceGeo: '',
    aggregate: false,
    adjustment: false,
    corrects: '',
    branch: '',
    taskId: '',
    enhancement: '',
    projectCode: '',
    note: '',
    machine: '',
  }
}

/** Input, output and both cache kinds together. */
export function totalTokens(record: UsageRecord): number {
  return record.inputTokens + record.outputTokens + record.cacheReadTokens + record.cacheWriteTokens
}
