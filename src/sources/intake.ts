import { type UsageRecord, totalTokens } from '../core/record.ts'
import type { Told } from './collapse.ts'
import { Repeats } from './repeats.ts'
import type { Seen } from './seen.ts'

/** What came in, for the reconciliation at the end. */
export interface IntakeCounts {
  /** Tellings of responses that another file or an earlier import had told already. */
  known: number
  /** Tellings under another id of a response that was told before: replays of side questions. */
  retold: number
  /** Responses told under more than one request: each was paid. */
  retries: number
}

/**
 * Decides what of all transcripts is news to the ledger: each response once, whatever the order of files and however
 * often it is told. A response that was first seen as a retelling keeps that id when the original turns up.
 */
export class Intake {
  readonly counts: IntakeCounts = { known: 0, retold: 0, retries: 0 }
  readonly repeats = new Repeats()
  readonly #seen: Seen
  #news: Told[] = []

  constructor(seen: Seen) {
    this.#seen = seen
  }

  add(told: Told): void {
    const { record, response } = told
    if (response !== '' && !this.#isWanted(told)) {
      this.counts.retold++
      this.repeats.add(record)
    } else if (record.id === '') {
      this.#news.push(told)
    } else {
      this.#take(told)
    }
  }

  /** What the ledger lacks of all that came in since the last time. */
  take(): readonly Told[] {
    const news = this.#news
    this.#news = []
    return news
  }

  /** False for a retelling of what was told. */
  #isWanted({ record, response }: Told): boolean {
    if (record.id === response) return !this.#seen.hasOriginal(response)
    if (this.#seen.has(response)) record.id = response
    else if (!this.#seen.noteOriginal(response) && !this.#seen.has(record.id)) this.counts.retries++
    return true
  }

  #take(told: Told): void {
    const state = this.#seen.note(told.record.id, tokensOf(told.record), reportedOf(told.record))
    if (state === 'known') {
      this.counts.known++
      this.repeats.add(told.record)
      return
    }
    told.isUpdate = state === 'grown'
    this.#news.push(told)
  }
}

/** Notes what a ledger holds already. `response` is what the source says of the id. */
export function noteSaved(seen: Seen, record: UsageRecord, response: string): void {
  if (record.id === '' || record.adjustment) return
  seen.note(record.id, tokensOf(record), reportedOf(record))
  if (response !== '' && response !== record.id) seen.noteOriginal(response)
}

/** With all that can still grow: how much of a cache write is for an hour may be told later than the whole. */
function tokensOf(record: UsageRecord): number {
  return totalTokens(record) + record.cacheWrite1hTokens + record.webSearchRequests
}

/** What a tool reported, in picodollars; a price that we computed says nothing about what a tool told. */
function reportedOf({ costSource, costUsd }: UsageRecord): number {
  return costSource === 'tool' && costUsd !== null ? Number(costUsd) : 0
}
