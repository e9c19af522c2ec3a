import { AmountColumn, type Amount, numberColumn, smallColumn, withRoom } from '../core/columns.ts'
import { Groups } from '../core/groups.ts'
import { type UsageRecord, UNKNOWN } from '../core/record.ts'
import { NO_SESSION } from '../core/session-cells.ts'

/**
 * All that a replay needs of each record, in columns: some thirty bytes, so that a million records fit into little
 * memory. Records may come in any order; those of no known instant are counted, and left out.
 */
export class History {
  readonly groups = new Groups()
  at = numberColumn()
  group = smallColumn()
  /** By the order in which sessions came; `NO_SESSION` for none. */
  session = smallColumn()
  readonly usd = new AmountColumn()
  /** By downgrade step, 0 being below the first: what the router's choice at that step would have saved. */
  readonly saved: readonly AmountColumn[]
  undated = 0
  unpriced = 0
  readonly #sessions = new Map<string, number>()
  readonly #sessionIds: string[] = []
  #size = 0

  /** With so many choices of a router: one more than it has steps, or none without a router. */
  constructor(choices: number) {
    this.saved = Array.from({ length: choices }, () => new AmountColumn())
  }

  get size(): number {
    return this.#size
  }

  sessionId(session: number): string {
    return this.#sessionIds[session]!
  }

  /** Notes a record, which may change afterwards; `cost` is null when nobody can tell. */
  note(record: UsageRecord, cost: Amount | null, savedAt: (step: number) => Amount): void {
    if (record.timestamp === null) {
      this.undated++
      return
    }
    const row = this.#size++
    this.at = withRoom(this.at, row)
    this.group = withRoom(this.group, row)
    this.session = withRoom(this.session, row)
    this.at[row] = record.timestamp
    this.group[row] = this.groups.of(record)
    this.session[row] = this.#sessionOf(record.sessionId)
    this.usd.push()
    this.usd.add(row, cost ?? 0)
    if (cost === null) this.unpriced++
    for (const [step, column] of this.saved.entries()) {
      column.push()
      if (cost !== null) column.add(row, savedAt(step))
    }
  }

  /** The rows by their instants; those of the same instant as they came. */
  inOrder(): Uint32Array {
    const order = Uint32Array.from({ length: this.#size }, (_, row) => row)
    return order.toSorted((a, b) => this.at[a]! - this.at[b]! || a - b)
  }

  #sessionOf(id: string): number {
    if (id === UNKNOWN) return NO_SESSION
    const known = this.#sessions.get(id)
    if (known !== undefined) return known
    this.#sessions.set(id, this.#sessionIds.length)
    return this.#sessionIds.push(id) - 1
  }
}
