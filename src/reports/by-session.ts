import { AmountColumn } from '../core/columns.ts'
import { NO_SESSION } from '../core/session-cells.ts'
import { first } from './first.ts'
import { SessionCounter } from './session-counter.ts'
import { type Sum, sumOf } from './sums.ts'
import type { Selection, Usage } from './usage.ts'

/**
 * What was selected, by session; records that name none are left out. There may be a hundred thousand of them, of which a
 * report tells twenty: so it ranks them by their spend alone, and adds up what else they used when somebody asks.
 */
export class BySession {
  /** Rows of those sessions that have a record, in no order. */
  readonly sessions: readonly number[]

  readonly #usage: Usage
  /** Rows of cells, those of one session together. */
  readonly #rows: Int32Array
  /** By session: where its rows end, and those of the next begin. */
  readonly #ends: Int32Array
  readonly #usd: AmountColumn
  readonly #counter: SessionCounter

  constructor(selection: Selection) {
    const { usage } = selection
    this.#usage = usage
    this.#counter = new SessionCounter(usage)
    this.#ends = endsOf(selection)
    this.#rows = placed(selection, this.#ends)
    const { size } = usage.sessions
    const { cells } = usage.cells
    this.#usd = new AmountColumn()
    this.#usd.expect(size)
    const sessions: number[] = []
    for (let session = 0; session < size; session++) {
      this.#usd.push()
      let records = 0
      for (let at = this.#startOf(session); at < this.#ends[session]!; at++) {
        const row = this.#rows[at]!
        records += cells.records[row]! + cells.rejected[row]!
        this.#usd.add(session, cells.usd.amountAt(row))
      }
      if (records > 0) sessions.push(session)
    }
    this.sessions = sessions
  }

  /** So many sessions that most was spent on, most first; equal ones by id. */
  costliest(most: number): readonly number[] {
    const { id } = this.#usage.sessions
    const usd = this.#usd
    return first(this.sessions, most, (a, b) => {
      const less = usd.amountAt(a)
      const more = usd.amountAt(b)
      if (less < more) return 1
      return less > more || id.at(a) < id.at(b) ? -1 : 1
    })
  }

  /** What a session comes to within the selection. */
  sumOf(session: number): Sum {
    const rows = this.#rows.subarray(this.#startOf(session), this.#ends[session])
    return sumOf(this.#usage, rows, this.#counter, 0)
  }

  #startOf(session: number): number {
    return session === 0 ? 0 : this.#ends[session - 1]!
  }
}

/** By session: how many rows it and those before it have. */
function endsOf({ usage: { cells, sessions }, rows }: Selection): Int32Array {
  const ends = new Int32Array(sessions.size)
  for (const row of rows) {
    const session = cells.sessionOf(row)
    if (session !== NO_SESSION) ends[session]!++
  }
  for (let session = 1; session < ends.length; session++) ends[session]! += ends[session - 1]!
  return ends
}

/** The rows in the order of their sessions, those of one in the order they have. */
function placed({ usage: { cells }, rows }: Selection, ends: Int32Array): Int32Array {
  const found = new Int32Array(ends.at(-1) ?? 0)
  const next = Int32Array.from(ends, (_, session) => (session === 0 ? 0 : ends[session - 1]!))
  for (const row of rows) {
    const session = cells.sessionOf(row)
    if (session !== NO_SESSION) found[next[session]!++] = row
  }
  return found
}
