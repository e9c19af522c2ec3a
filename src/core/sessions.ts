import { AmountColumn, type AmountParts, numberColumn, smallColumn, withRoom } from './columns.ts'
import { HashIndex, type HashIndexParts, hashText } from './hash-index.ts'
import { TextColumn, type TextParts } from './text-column.ts'

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
    const { size, hashes } = later.index
    const rows = new Int32Array(size)
    let from = 0
    const isIt = (row: number): boolean => this.id.isSame(row, later.id, from)
    this.#index.expect(this.size + size)
    for (; from < size; from++) {
      const hash = hashes[from]!
      const known = this.#index.find(hash, isIt)
      const row = known >= 0 ? known : this.#push(hash)
      if (known < 0) this.id.pushFrom(later.id, from)
      rows[from] = row
      this.usd.addFrom(row, later.usd, from)
      this.#uncertain[row]! += later.uncertain[from]!
      if (later.last[from] === -Infinity) continue
      this.#first[row] = Math.min(this.#first[row]!, later.first[from]!)
      this.touch(row, later.last[from]!, groups[later.newestGroup[from]!]!)
    }
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

  /** What they hold; whoever changes that afterwards changes the sums. */
  parts(): SessionSumParts {
    const { session, other, records, uncertain } = this
    return { session, other, records, usd: this.usd.parts(), uncertain }
  }

  /** Adds other sums, whose sessions have these rows here. */
  absorb({ session, other, records, usd, uncertain }: SessionSumParts, sessions: Int32Array): void {
    for (let from = 0; from < session.length; from++) {
      const row = this.row(sessions[session[from]!]!, other[from]!)
      this.records[row]! += records[from]!
      this.usd.addFrom(row, usd, from)
      this.uncertain[row]! += uncertain[from]!
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
