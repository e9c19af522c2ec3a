import { AmountColumn, type AmountParts, addColumn, numberColumn, smallColumn, withRoom } from './columns.ts'
import { HashIndex, mix } from './hash-index.ts'

/** The day of records whose instant nobody knows: they count in all-time only. */
export const UNDATED = -1_000_000

/** What `Cells` hold, as data that another thread can be handed. */
export interface CellParts {
  readonly size: number
  readonly day: Int32Array
  readonly group: Int32Array
  readonly records: Int32Array
  readonly usd: AmountParts
  readonly inputTokens: Float64Array
  readonly outputTokens: Float64Array
  readonly cacheReadTokens: Float64Array
  readonly cacheWriteTokens: Float64Array
  readonly unpricedRecords: Int32Array
  readonly unpricedTokens: Float64Array
  readonly rejected: Int32Array
}

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

  /** What they hold; whoever changes that afterwards changes the cells. */
  parts(): CellParts {
    const { size, day, group, records, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = this
    const { unpricedRecords, unpricedTokens, rejected } = this
    const tokens = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }
    const usd = this.usd.parts()
    return { size, day, group, records, usd, ...tokens, unpricedRecords, unpricedTokens, rejected }
  }

  /** Adds the sums of other cells, whose groups have these numbers here. */
  absorb(other: CellParts, groups: readonly number[]): void {
    const rows = new Int32Array(other.size)
    this.#index.expect(this.size + other.size)
    this.#makeRoom(this.size + other.size)
    for (let from = 0; from < rows.length; from++) {
      rows[from] = this.row(other.day[from]!, groups[other.group[from]!]!)
    }
    this.usd.absorb(other.usd, rows, this.size)
    addColumn(this.records, other.records, rows)
    addColumn(this.inputTokens, other.inputTokens, rows)
    addColumn(this.outputTokens, other.outputTokens, rows)
    addColumn(this.cacheReadTokens, other.cacheReadTokens, rows)
    addColumn(this.cacheWriteTokens, other.cacheWriteTokens, rows)
    addColumn(this.unpricedRecords, other.unpricedRecords, rows)
    addColumn(this.unpricedTokens, other.unpricedTokens, rows)
    addColumn(this.rejected, other.rejected, rows)
  }

  #push(hash: number): number {
    const row = this.#index.add(hash)
    this.usd.push()
    if (row === this.day.length) this.#makeRoom(row + 1)
    this.day[row] = this.#day
    this.group[row] = this.#group
    return row
  }

  #makeRoom(rows: number): void {
    const row = rows - 1
    this.day = withRoom(this.day, row)
    this.group = withRoom(this.group, row)
    this.records = withRoom(this.records, row)
    this.inputTokens = withRoom(this.inputTokens, row)
    this.outputTokens = withRoom(this.outputTokens, row)
    this.cacheReadTokens = withRoom(this.cacheReadTokens, row)
    this.cacheWriteTokens = withRoom(this.cacheWriteTokens, row)
    this.unpricedRecords = withRoom(this.unpricedRecords, row)
    this.unpricedTokens = withRoom(this.unpricedTokens, row)
    this.rejected = withRoom(this.rejected, row)
  }
}
