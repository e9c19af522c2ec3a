import { type Amount, AmountColumn, type AmountParts } from './columns.ts'

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
