import { AmountColumn } from './columns.ts'

/** The day of records whose instant nobody knows: they count in all-time only. */
export const UNDATED = -1_000_000

/** Sums by day and group, as columns: row r of every column belongs to the same cell. */
export class Cells {
  readonly day: number[] = []
  readonly group: number[] = []
  readonly records: number[] = []
  readonly usd = new AmountColumn()
  readonly inputTokens: number[] = []
  readonly outputTokens: number[] = []
  readonly cacheReadTokens: number[] = []
  readonly cacheWriteTokens: number[] = []
  readonly unpricedRecords: number[] = []
  readonly unpricedTokens: number[] = []
  readonly rejected: number[] = []

  readonly #days = new Map<number, Map<number, number>>()
  #lastDay = NaN
  #rowsOfLastDay = new Map<number, number>()

  get size(): number {
    return this.day.length
  }

  /** The row of a cell, made when it is new. */
  row(day: number, group: number): number {
    if (day !== this.#lastDay) this.#turnTo(day)
    const known = this.#rowsOfLastDay.get(group)
    if (known !== undefined) return known
    const row = this.#push(day, group)
    this.#rowsOfLastDay.set(group, row)
    return row
  }

  #turnTo(day: number): void {
    let rows = this.#days.get(day)
    if (rows === undefined) {
      rows = new Map()
      this.#days.set(day, rows)
    }
    this.#lastDay = day
    this.#rowsOfLastDay = rows
  }

  #push(day: number, group: number): number {
    this.group.push(group)
    this.records.push(0)
    this.usd.push()
    this.inputTokens.push(0)
    this.outputTokens.push(0)
    this.cacheReadTokens.push(0)
    this.cacheWriteTokens.push(0)
    this.unpricedRecords.push(0)
    this.unpricedTokens.push(0)
    this.rejected.push(0)
    return this.day.push(day) - 1
  }
}
