import type { IdentifiedLines } from './id-index.ts'
import { type IdentityParts, IdentityTable } from './identity-table.ts'

/**
 * Which records have been seen, and where their lines are. Whether two lines are the same record is decided by
 * reading the earlier line again, so that nothing but its place has to be kept.
 *
 * What another thread has read stays in the table that it made: to enter half a million records again would take
 * longer than to ask two tables ever after.
 */
export class Identities {
  readonly #isSame: (location: number) => boolean
  readonly #known: ((hash: number) => readonly number[]) | null
  /** The table that grows, and the number of its first entry. */
  #table: IdentityTable
  #first = 0
  /** Those before it, in the order of the ledger: what is in several of them is known by the first. */
  readonly #earlier: { readonly table: IdentityTable; readonly first: number }[] = []

  /**
   * `isSame` compares the record at hand with the line at a location. `known` gives the lines that nobody entered
   * here, by the hash of their identity; null when there are none.
   */
  constructor(
    isSame: (location: number) => boolean,
    known: ((hash: number) => readonly number[]) | null = null,
  ) {
    this.#isSame = isSame
    this.#known = known
    this.#table = new IdentityTable(isSame)
  }

  /** How many records there are: their entries run from 0. */
  get size(): number {
    return this.#first + this.#table.size
  }

  /** The entry of the record at hand, which has this hash; -1 when it is new. */
  find(hash: number): number {
    const earlier = this.#earlier.length === 0 ? -1 : this.#findEarlier(hash)
    if (earlier >= 0) return earlier
    const entry = this.#table.find(hash)
    if (entry >= 0) return this.#first + entry
    return this.#known === null ? -1 : this.#recall(hash, this.#known)
  }

  /** Enters a record that is new. */
  add(hash: number, location: number): void {
    this.#table.add(hash, location)
  }

  /** Adds another line to the record of an entry. */
  extend(entry: number, location: number): void {
    const { table, first } = this.#tableOf(entry)
    table.extend(entry - first, location)
  }

  /** Where the lines of the record of an entry are: the first, then the further ones from the latest backward. */
  locations(entry: number): readonly number[] {
    const { table, first } = this.#tableOf(entry)
    return table.locations(entry - first)
  }

  /** Makes room for so many more records. */
  expect(records: number): void {
    this.#table.expect(this.#table.size + records)
  }

  /** What the only table holds; whoever changes that afterwards changes the identities. */
  parts(): IdentityParts {
    return this.#table.parts()
  }

  /**
   * Takes over a table of lines that come later in the ledger. Returns those of its entries that may be records we
   * know already, ascending: `findBefore` decides.
   */
  absorb(later: IdentityParts): readonly number[] {
    this.#earlier.push({ table: this.#table, first: this.#first })
    this.#first += this.#table.size
    this.#table = new IdentityTable(this.#isSame, later)
    const shared = new Set(this.#earlier.flatMap(({ table }) => this.#table.sharedWith(table)))
    return [...shared].toSorted((a, b) => a - b).map((entry) => this.#first + entry)
  }

  /** The entry before the latest table that is the same record as an entry of that table, which is at hand; or -1. */
  findBefore(entry: number): number {
    return this.#findEarlier(this.#table.hashOf(entry - this.#first))
  }

  /** Every line that was entered here, with the hash of its identity. */
  lines(): IdentifiedLines {
    const tables = [...this.#earlier.map(({ table }) => table), this.#table]
    const size = tables.reduce((sum, { lines }) => sum + lines, 0)
    const found = { hashes: new Int32Array(size), locations: new Float64Array(size) }
    let at = 0
    for (const table of tables) at = table.copyLines(found, at)
    return found
  }

  /** Enters what is known of the record at hand; -1 when nothing is. */
  #recall(hash: number, known: (hash: number) => readonly number[]): number {
    const [first, ...further] = known(hash).filter(this.#isSame)
    if (first === undefined) return -1
    this.#table.add(hash, first)
    const entry = this.#first + this.#table.size - 1
    for (const location of further) this.extend(entry, location)
    return entry
  }

  #findEarlier(hash: number): number {
    for (const { table, first } of this.#earlier) {
      const entry = table.find(hash)
      if (entry >= 0) return first + entry
    }
    return -1
  }

  #tableOf(entry: number): { readonly table: IdentityTable; readonly first: number } {
    const earlier = this.#earlier.findLast(({ first }) => entry >= first)
    return earlier === undefined || entry >= this.#first
      ? { table: this.#table, first: this.#first }
      : earlier
  }
}
