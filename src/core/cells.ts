/** The day of records whose instant nobody knows: they count in all-time only. */
export const UNDATED = -1_000_000

const GROUPS_PER_DAY = 2 ** 21

/** Sums by day and group, as columns: row r of every column belongs to the same cell. */
export class Cells {
  readonly day: number[] = []
  readonly group: number[] = []
  readonly records: number[] = []
  readonly usd: bigint[] = []
  readonly inputTokens: number[] = []
  readonly outputTokens: number[] = []
  readonly cacheReadTokens: number[] = []
  readonly cacheWriteTokens: number[] = []
  readonly unpricedRecords: number[] = []
  readonly unpricedTokens: number[] = []
  readonly rejected: number[] = []

  readonly #rows = new Map<number, number>()
  #lastKey = NaN
  #lastRow = 0

  get size(): number {
    return this.day.length
  }

  /** The row of a cell, made when it is new. */
  row(day: number, group: number): number {
    const key = (day - UNDATED) * GROUPS_PER_DAY + group
    if (key === this.#lastKey) return this.#lastRow
    let row = this.#rows.get(key)
    if (row === undefined) {
      row = this.#push(day, group)
      this.#rows.set(key, row)
    }
    this.#lastKey = key
    this.#lastRow = row
    return row
  }

  #push(day: number, group: number): number {
    this.group.push(group)
    this.records.push(0)
    this.usd.push(0n)
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
