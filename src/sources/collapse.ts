import type { MutableRecord, UsageRecord } from '../core/record.ts'
import type { Repeats } from './repeats.ts'
import type { SourceRecord } from './source.ts'

/** A record while its tellings are put together. */
export interface Told {
  readonly record: MutableRecord
  readonly cwd: string
  readonly response: string
  isFinal: boolean
  /** Whether an earlier import brought it in with less. */
  isUpdate: boolean
}

/**
 * Puts the tellings of each response together, in the order of the first ones: the maximum of every count, the earliest
 * instant, and all names from the first telling; those that make the price as the ledger merges them. Records without
 * an id stay as they are.
 */
export class Collapse {
  readonly #byId = new Map<string, Told>()
  readonly #repeats: Repeats
  #told: Told[] = []

  /** What is told again is noted in `repeats`. */
  constructor(repeats: Repeats) {
    this.#repeats = repeats
  }

  add({ record, cwd, response, isFinal }: SourceRecord): void {
    const { id } = record
    const first = id === '' ? undefined : this.#byId.get(id)
    if (first !== undefined) {
      this.#repeats.add(record)
      grow(first, record, isFinal)
      return
    }
    const told = { record, cwd, response, isFinal, isUpdate: false }
    this.#told.push(told)
    if (id !== '') this.#byId.set(id, told)
  }

  /** All that was put together since the last time. */
  take(): readonly Told[] {
    const told = this.#told
    this.#told = []
    this.#byId.clear()
    return told
  }
}

function grow(told: Told, later: UsageRecord, isFinal: boolean): void {
  const { record } = told
  for (const count of COUNTS) if (later[count] > record[count]) record[count] = later[count]
  for (const name of PRICING) if (later[name] > record[name]) record[name] = later[name]
  if (later.timestamp !== null && (record.timestamp === null || later.timestamp < record.timestamp)) {
    record.timestamp = later.timestamp
  }
  if (later.costUsd !== null && (record.costUsd === null || later.costUsd > record.costUsd)) {
    record.costUsd = later.costUsd
    record.costSource = later.costSource
  }
  told.isFinal ||= isFinal
}

/** Claude Code may leave these out while a response streams in. */
const PRICING = ['serviceTier', 'speed', 'inferenceGeo'] as const

const COUNTS = [
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'cacheWrite1hTokens',
  'webSearchRequests',
] as const
