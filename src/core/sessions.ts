import { AmountColumn, addColumn, type AmountParts, numberColumn, smallColumn, withRoom } from './columns.ts'
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
