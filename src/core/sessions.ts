import {
  type Amount,
  AmountColumn,
  addColumn,
  type AmountParts,
  numberColumn,
  smallColumn,
  withRoom,
} from './columns.ts'
import { HashIndex, type HashIndexParts, hashText } from './hash-index.ts'
import { TextColumn, type TextParts } from './text-column.ts'

/** A UUID, as most tools name their sessions. */
const USUAL_ID_BYTES = 36

/** What `Sessions` hold, as data that another thread can be handed. */
export interface SessionParts {
  readonly index: HashIndexParts
  readonly id: TextParts
  readonly usd: AmountParts
  readonly uncertain: Int32Array
  readonly first: Float64Array
  readonly last: Float64Array
  readonly newestGroup: Int32Array
}

/** Sums by session over its whole life, as columns: row r of every column belongs to the same session. */
export class Sessions {
  readonly id = new TextColumn()
  readonly usd = new AmountColumn()
  #uncertain = smallColumn()
  #first = numberColumn()
  #last = numberColumn()
  #newestGroup = smallColumn()

  readonly #index = new HashIndex()
  #lastId = ''
  #lastRow = -1
  /** Made once: a function made in `row` would cost each record sixty bytes, also where it is not called. */
  readonly #isLast = (row: number): boolean => this.id.is(row, this.#lastId)

  get size(): number {
    return this.id.length
  }

  /** Records that could not be priced or read. */
  get uncertain(): Int32Array {
    return this.#uncertain
  }

  /** Instant of the first line; Infinity before any is dated. */
  get first(): Float64Array {
    return this.#first
  }

  /** Instant of the newest line; -Infinity before any is dated. */
  get last(): Float64Array {
    return this.#last
  }

  /** Group of the newest line. */
  get newestGroup(): Int32Array {
    return this.#newestGroup
  }

  /** The `hashText` of a session's id. */
  hashOf(row: number): number {
    return this.#index.hashOf(row)
  }

  /** The row of a session, made when it is new. */
  row(id: string): number {
    if (id === this.#lastId) return this.#lastRow
    this.#lastId = id
    const hash = hashText(id)
    const known = this.#index.find(hash, this.#isLast)
    this.#lastRow = known >= 0 ? known : this.#push(hash)
    if (known < 0) this.id.push(id)
    return this.#lastRow
  }

  /** Makes room for so many sessions, with so many bytes of ids. */
  expect(sessions: number, idBytes = sessions * USUAL_ID_BYTES): void {
    this.#index.expect(sessions)
    this.id.expect(sessions, idBytes)
    this.usd.expect(sessions)
    this.#uncertain = withRoom(this.#uncertain, sessions - 1)
    this.#first = withRoom(this.#first, sessions - 1)
    this.#last = withRoom(this.#last, sessions - 1)
    this.#newestGroup = withRoom(this.#newestGroup, sessions - 1)
  }

  /** What they hold; whoever changes that afterwards changes the sessions. */
  parts(): SessionParts {
    return {
      index: this.#index.parts(),
      id: this.id.parts(),
      usd: this.usd.parts(),
      uncertain: this.#uncertain,
      first: this.#first,
      last: this.#last,
      newestGroup: this.#newestGroup,
    }
  }

  /**
   * Adds sessions whose lines come later in the ledger, and whose groups have these numbers here; returns the rows of
   * theirs here, by their rows there.
   */
  absorb(later: SessionParts, groups: readonly number[]): Int32Array {
    const rows = this.#enter(later)
    this.usd.absorb(later.usd, rows, this.size)
    addColumn(this.#uncertain, later.uncertain, rows)
    const first = this.#first
    const last = this.#last
    for (let from = 0; from < rows.length; from++) {
      const row = rows[from]!
      if (later.first[from]! < first[row]!) first[row] = later.first[from]!
      if (later.last[from]! < last[row]! || later.last[from] === -Infinity) continue
      last[row] = later.last[from]!
      this.#newestGroup[row] = groups[later.newestGroup[from]!]!
    }
    return rows
  }

  /** Finds or makes the rows of other sessions. */
  #enter({ index: { size, hashes }, id }: SessionParts): Int32Array {
    const before = this.size
    const rows = new Int32Array(size)
    let from = 0
    // Those that are new do not have to be told apart.
    const isIt = (row: number): boolean => row < before && this.id.isSame(row, id, from)
    this.expect(before + size, this.id.size + (size === 0 ? 0 : id.ends[size - 1]!))
    for (; from < size; from++) {
      const known = this.#index.find(hashes[from]!, isIt)
      rows[from] = known >= 0 ? known : this.#index.add(hashes[from]!)
    }
    for (let end = 0; end < size; end++) {
      if (rows[end]! < before) continue
      const start = end
      while (end < size && rows[end]! >= before) end++
      this.id.pushFrom(id, start, end)
    }
    this.#first.fill(Infinity, before, this.size)
    this.#last.fill(-Infinity, before, this.size)
    return rows
  }

  /** Makes room for a session, whose id is still to be pushed. */
  #push(hash: number): number {
    const row = this.#index.add(hash)
    this.usd.push()
    this.#uncertain = withRoom(this.#uncertain, row)
    this.#first = withRoom(this.#first, row)
    this.#last = withRoom(this.#last, row)
    this.#newestGroup = withRoom(this.#newestGroup, row)
    this.#first[row] = Infinity
    this.#last[row] = -Infinity
    return row
  }

  /** Notes that a line of the session was written: among equal instants the later line of the ledger is newer. */
  touch(row: number, timestamp: number, group: number): void {
    if (timestamp < this.#first[row]!) this.#first[row] = timestamp
    if (timestamp >= this.#last[row]!) {
      this.#last[row] = timestamp
      this.#newestGroup[row] = group
    }
  }
}

/** What `SessionSums` hold, as data that another thread can be handed. */
export interface SessionSumParts {
  readonly session: readonly number[]
  readonly other: readonly number[]
  readonly records: readonly number[]
  readonly usd: AmountParts
  readonly uncertain: readonly number[]
}

/** Sums by session and some other number (a day, or a budget). */
export class SessionSums {
  readonly session: number[] = []
  readonly other: number[] = []
  readonly records: number[] = []
  readonly usd = new AmountColumn()
  readonly uncertain: number[] = []

  readonly #others = new Map<number, Map<number, number>>()

  get size(): number {
    return this.session.length
  }

  row(session: number, other: number): number {
    let rows = this.#others.get(other)
    if (rows === undefined) {
      rows = new Map()
      this.#others.set(other, rows)
    }
    const known = rows.get(session)
    if (known !== undefined) return known
    this.other.push(other)
    this.records.push(0)
    this.usd.push()
    this.uncertain.push(0)
    const row = this.session.push(session) - 1
    rows.set(session, row)
    return row
  }

  /** Adds to the sum of a session: `usd` in picodollars, and how many records and uncertain ones. */
  add(session: number, other: number, records: number, usd: Amount, uncertain: number): void {
    const row = this.row(session, other)
    this.records[row]! += records
    this.usd.add(row, usd)
    this.uncertain[row]! += uncertain
  }

  /** What they hold; whoever changes that afterwards changes the sums. */
  parts(): SessionSumParts {
    const { session, other, records, uncertain } = this
    return { session, other, records, usd: this.usd.parts(), uncertain }
  }

  /** Adds other sums, whose sessions have these rows here. */
  absorb({ session, other, records, usd, uncertain }: SessionSumParts, sessions: Int32Array): void {
    const rows = Int32Array.from(session, (row, from) => this.row(sessions[row]!, other[from]!))
    this.usd.absorb(usd, rows, this.size)
    for (let from = 0; from < rows.length; from++) {
      this.records[rows[from]!]! += records[from]!
      this.uncertain[rows[from]!]! += uncertain[from]!
    }
  }

  /** The row of a session, or -1 when nothing was ever added to it. */
  find(session: number, other: number): number {
    return this.#others.get(other)?.get(session) ?? -1
  }

  /** Rows of all sessions that share `other`. */
  rowsOf(other: number): Iterable<number> {
    return this.#others.get(other)?.values() ?? []
  }
}
