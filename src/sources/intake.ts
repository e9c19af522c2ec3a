import { type UsageRecord, totalTokens } from '../core/record.ts'
import { Collapse, type Told } from './collapse.ts'
import { Repeats } from './repeats.ts'
import type { Seen } from './seen.ts'
import type { SourceRecord } from './source.ts'

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
  readonly #collapse = new Collapse(this.repeats)
  readonly #seen: Seen

  constructor(seen: Seen) {
    this.#seen = seen
  }

  add(told: SourceRecord): void {
    const { record, response } = told
    if (response === '') this.#collapse.add(told)
    else if (record.id === response) this.#addRetelling(told)
    else this.#addOriginal(told)
  }

  /** What the ledger lacks of all that came in since the last time. */
  take(): readonly Told[] {
    return this.#collapse.take().filter((told) => this.#isNews(told.record))
  }

  #addRetelling(told: SourceRecord): void {
    if (!this.#seen.has(originalMark(told.response))) return this.#collapse.add(told)
    this.counts.retold++
    this.repeats.add(told.record)
  }

  #addOriginal(told: SourceRecord): void {
    const { record, response } = told
    const wasRetold = this.#collapse.has(response) || this.#seen.has(response)
    if (wasRetold) return this.#collapse.add(told, response)
    const isFirst = this.#seen.note(originalMark(response), NOTHING)
    if (!isFirst && !this.#collapse.has(record.id) && !this.#seen.has(record.id)) this.counts.retries++
    this.#collapse.add(told)
  }

  #isNews(record: UsageRecord): boolean {
    if (record.id === '') return true
    const isNews = this.#seen.note(record.id, amountsOf(record))
    if (isNews) return true
    this.counts.known++
    this.repeats.add(record)
    return false
  }
}

const NOTHING = { tokens: 0, cost: 0 }

/** Notes what a ledger holds already. `response` is what the source says of the id. */
export function noteSaved(seen: Seen, record: UsageRecord, response: string): void {
  if (record.id === '' || record.adjustment) return
  seen.note(record.id, amountsOf(record))
  if (response !== '' && response !== record.id) seen.note(originalMark(response), NOTHING)
}

/** No id ends like this: a request has a name. */
function originalMark(response: string): string {
  return `${response}:`
}

/** A price that we computed says nothing about what a tool told. */
function amountsOf(record: UsageRecord): { tokens: number; cost: number } {
  return {
    tokens: totalTokens(record) + record.webSearchRequests,
    cost: record.costSource === 'tool' && record.costUsd !== null ? Number(record.costUsd) : 0,
  }
}
