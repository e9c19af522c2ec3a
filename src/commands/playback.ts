import { costOf } from '../core/cost.ts'
import { type PriceTable, priceTable } from '../core/price-table.ts'
import { recordText } from '../core/record-text.ts'
import type { UsageRecord } from '../core/record.ts'
import type { SimulatedDay } from '../core/simulated-day.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'

/** A second of watching is so many of the simulated day. */
const SPEED = 8 * 60
const FRAME_MS = 200
const MINUTE_MS = 60_000

/** Plays a simulated day into a ledger through the real append, on a clock of its own. */
export class Playback {
  /** The simulated clock, epoch milliseconds. */
  now: number

  readonly #day: SimulatedDay
  readonly #place: LedgerPlace
  readonly #system: Pick<System, 'ledger' | 'scheduler'>
  readonly #table: PriceTable
  #next = 0

  constructor(
    day: SimulatedDay,
    place: LedgerPlace,
    system: Pick<System, 'ledger' | 'prices' | 'scheduler'>,
  ) {
    this.now = day.start
    this.#day = day
    this.#place = place
    this.#system = system
    this.#table = priceTable(system.prices.shipped())
  }

  /** Turns the clock to an instant and appends everything that has happened by then. */
  playUntil(instant: number): void {
    this.now = instant
    const { records } = this.#day
    const due: string[] = []
    while (this.#next < records.length && (records[this.#next]!.timestamp ?? 0) <= instant) {
      due.push(this.#line(records[this.#next++]!))
    }
    if (due.length > 0) this.#system.ledger.append(this.#place.path, due.join('\n'), 'none')
  }

  /** Plays on until the day is over; the answer stops it. `onMinute` is told when a simulated minute has passed. */
  start(onMinute: () => void): () => void {
    const stop = this.#system.scheduler.every(FRAME_MS, () => {
      const minute = Math.floor(this.now / MINUTE_MS)
      this.playUntil(Math.min(this.#day.end, this.now + FRAME_MS * SPEED))
      if (Math.floor(this.now / MINUTE_MS) !== minute) onMinute()
      if (this.now >= this.#day.end) stop()
    })
    return stop
  }

  #line(record: UsageRecord): string {
    const cost = costOf(record, this.#table, 'auto')
    return recordText(cost === null ? record : { ...record, costUsd: cost, costSource: 'table' })
  }
}
