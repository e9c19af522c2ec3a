import {
  type Amount,
  AmountColumn,
  type AmountParts,
  addColumn,
  numberColumn,
  smallColumn,
  withRoom,
} from './columns.ts'
import { HashIndex, mix } from './hash-index.ts'
import { type UsageRecord, totalTokens } from './record.ts'

/** The day of records whose instant nobody knows: they count in all-time only. */
export const UNDATED = -1_000_000

/** The session of a cell that tells none apart. */
const ALL_SESSIONS = -1

/** What `Cells` hold, as data that another thread can be handed. */
export interface CellParts {
  readonly size: number
  readonly day: Int32Array
  readonly group: Int32Array
  readonly session: Int32Array
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

/** Sums by day, group and maybe session, as columns: row r of every column belongs to the same cell. */
export class Cells {
  day = smallColumn()
  group = smallColumn()
  session = smallColumn()
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
  #session = ALL_SESSIONS
  #row = -1
  readonly #isIt = (row: number): boolean =>
    this.session[row] === this.#session && this.group[row] === this.#group && this.day[row] === this.#day

  get size(): number {
    return this.#index.size
  }

  /** The row of a cell, made when it is new. */
  row(day: number, group: number, session: number = ALL_SESSIONS): number {
    if (session === this.#session && group === this.#group && day === this.#day) return this.#row
    this.#day = day
    this.#group = group
    this.#session = session
    const hash = mix(mix(mix(0, day), group), session)
    const known = this.#index.find(hash, this.#isIt)
    return (this.#row = known >= 0 ? known : this.#push(hash))
  }

  /** Counts a record into a row (`sign` 1) or out of it (-1); `usd` is null when it is unpriced. */
  add(row: number, record: UsageRecord, usd: Amount | null, sign: 1 | -1): void {
    this.records[row]! += sign
    this.inputTokens[row]! += sign * record.inputTokens
    this.outputTokens[row]! += sign * record.outputTokens
    this.cacheReadTokens[row]! += sign * record.cacheReadTokens
    this.cacheWriteTokens[row]! += sign * record.cacheWriteTokens
    if (usd !== null) this.usd.add(row, sign === 1 ? usd : -usd)
    else {
      this.unpricedRecords[row]! += sign
      this.unpricedTokens[row]! += sign * totalTokens(record)
    }
  }

  /** Makes room for so many cells. */
  expect(cells: number): void {
    this.#index.expect(cells)
    this.usd.expect(cells)
    this.#makeRoom(cells)
  }

  /** What they hold; whoever changes that afterwards changes the cells. */
  parts(): CellParts {
    const {
      size,
      day,
      group,
      session,
      records,
      inputTokens,
      outputTokens,
      cacheReadTokens,
      cacheWriteTokens,
    } = this
    const { unpricedRecords, unpricedTokens, rejected } = this
    const tokens = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }
    const usd = this.usd.parts()
    return { size, day, group, session, records, usd, ...tokens, unpricedRecords, unpricedTokens, rejected }
  }

  /** Adds the sums of other cells, whose groups and sessions have these numbers here. */
  absorb(other: CellParts, groups: readonly number[], sessions?: Int32Array): void {
    const rows = new Int32Array(other.size)
    this.expect(this.size + other.size)
    for (let from = 0; from < rows.length; from++) {
      const session = other.session[from]!
      const here = session < 0 ? session : sessions?.[session]
      rows[from] = this.row(other.day[from]!, groups[other.group[from]!]!, here)
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
    this.session[row] = this.#session
    return row
  }

  #makeRoom(rows: number): void {
    const row = rows - 1
    this.day = withRoom(this.day, row)
    this.group = withRoom(this.group, row)
    this.session = withRoom(this.session, row)
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
