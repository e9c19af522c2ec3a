import { AmountColumn } from './columns.ts'

/** Sums by session over its whole life, as columns: row r of every column belongs to the same session. */
export class Sessions {
  readonly id: string[] = []
  readonly usd = new AmountColumn()
  /** Records that could not be priced or read. */
  readonly uncertain: number[] = []
  /** Instants of the first and the newest line; Infinity and -Infinity before any is dated. */
  readonly first: number[] = []
  readonly last: number[] = []
  /** Group of the newest line. */
  readonly newestGroup: number[] = []

  readonly #rows = new Map<string, number>()
  #lastId = ''
  #lastRow = -1

  get size(): number {
    return this.id.length
  }

  /** The row of a session, made when it is new. */
  row(id: string): number {
    if (id === this.#lastId) return this.#lastRow
    const row = this.#rows.get(id) ?? this.#push(id)
    this.#lastId = id
    this.#lastRow = row
    return row
  }

  #push(id: string): number {
    this.usd.push()
    this.uncertain.push(0)
    this.first.push(Infinity)
    this.last.push(-Infinity)
    this.newestGroup.push(0)
    const row = this.id.push(id) - 1
    this.#rows.set(id, row)
    return row
  }

  /** Notes that a line of the session was written: among equal instants the later line of the ledger is newer. */
  touch(row: number, timestamp: number, group: number): void {
    if (timestamp < this.first[row]!) this.first[row] = timestamp
    if (timestamp >= this.last[row]!) {
      this.last[row] = timestamp
      this.newestGroup[row] = group
    }
  }
}

/** Sums by session and some other number (a day, or a budget). */
export class SessionSums {
  readonly session: number[] = []
  readonly other: number[] = []
  readonly records: number[] = []
  readonly usd = new AmountColumn()
  readonly uncertain: number[] = []
  /** Instant of the newest line, -Infinity before any. */
  readonly last: number[] = []

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
    this.last.push(-Infinity)
    const row = this.session.push(session) - 1
    rows.set(session, row)
    return row
  }

  /** Rows of all sessions that share `other`. */
  rowsOf(other: number): Iterable<number> {
    return this.#others.get(other)?.values() ?? []
  }
}
