import { AmountColumn, numberColumn, smallColumn, withRoom } from './columns.ts'
import { HashIndex, mix } from './hash-index.ts'

/** The day of records whose instant nobody knows: they count in all-time only. */
export const UNDATED = -1_000_000

/** Sums by day and group, as columns: row r of every column belongs to the same cell. */
export class Cells {
  day = smallColumn()
  group = smallColumn()
  records = smallColumn()
  readonly usd = new AmountColumn()
  inputTokens = numberColumn()
  outputTokens = numberColumn()
  cacheReadTokens = numberColumn()
  cacheWriteTokens = numberColumn()
  unpricedRecords = smallColumn()
  unpricedTokens = numberColumn()
  rejected = smallColumn()

  readonly #index = new HashIndex()
  /** The cell asked for last: neighbouring records mostly share it. */
  #day = NaN
  #group = -1
  #row = -1
  readonly #isIt = (row: number): boolean => this.day[row] === this.#day && this.group[row] === this.#group

  get size(): number {
    return this.#index.size
  }

  /** The row of a cell, made when it is new. */
  row(day: number, group: number): number {
    if (day === this.#day && group === this.#group) return this.#row
    this.#day = day
    this.#group = group
    const hash = mix(mix(0, day), group)
    const known = this.#index.find(hash, this.#isIt)
    return (this.#row = known >= 0 ? known : this.#push(hash))
  }

  #push(hash: number): number {
    const row = this.#index.add(hash)
    this.day = withRoom(this.day, row)
    this.group = withRoom(this.group, row)
    this.records = withRoom(this.records, row)
    this.usd.push()
    this.inputTokens = withRoom(this.inputTokens, row)
    this.outputTokens = withRoom(this.outputTokens, row)
    this.cacheReadTokens = withRoom(this.cacheReadTokens, row)
    this.cacheWriteTokens = withRoom(this.cacheWriteTokens, row)
    this.unpricedRecords = withRoom(this.unpricedRecords, row)
    this.unpricedTokens = withRoom(this.unpricedTokens, row)
    this.rejected = withRoom(this.rejected, row)
    this.day[row] = this.#day
    this.group[row] = this.#group
    return row
  }
}
