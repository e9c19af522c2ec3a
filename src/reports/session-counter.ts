import { NO_SESSION } from '../core/session-cells.ts'
import type { Usage } from './usage.ts'

/** Counts the sessions of rows. One of these serves any number of sums: a set for each would take longer than the sums. */
export class SessionCounter {
  readonly #usage: Usage
  /** By session: the latest count that it was in. */
  readonly #countedIn: Int32Array
  #counts = 0

  constructor(usage: Usage) {
    this.#usage = usage
    this.#countedIn = new Int32Array(usage.sessions.size)
  }

  /** Sessions with a record among the rows, a refused one too; records that name no session are in none. */
  sessionsIn(rows: readonly number[] | Int32Array): number {
    const { cells } = this.#usage
    const { records, rejected } = cells.cells
    const count = ++this.#counts
    let sessions = 0
    for (let nth = 0; nth < rows.length; nth++) {
      const row = rows[nth]!
      const session = cells.sessionOf(row)
      if (session === NO_SESSION || this.#countedIn[session] === count) continue
      const all = records[row]! + rejected[row]!
      // One that was counted under other labels at first leaves an empty row behind.
      if (all === 0) continue
      this.#countedIn[session] = count
      sessions++
    }
    return sessions
  }
}
