import { smallColumn, numberColumn, withRoom } from './columns.ts'
import { HashIndex } from './hash-index.ts'

/**
 * Which records have been seen, and where their lines are. Whether two lines are the same record is decided by
 * reading the earlier line again, so that nothing but its place has to be kept.
 */
export class Identities {
  readonly #index = new HashIndex()
  #size = 0
  #locations = numberColumn()
  /** The next line of the same record, 0 for none: nobody follows entry 0. */
  #next = smallColumn()
  readonly #isSame: (entry: number) => boolean

  /** `isSame` compares the record at hand with the line at a location. */
  constructor(isSame: (location: number) => boolean) {
    this.#isSame = (entry) => isSame(this.#locations[entry]!)
  }

  /** The entry of the record at hand, which has this hash; -1 when it is new. */
  find(hash: number): number {
    return this.#index.find(hash, this.#isSame)
  }

  /** Enters a record that is new. */
  add(hash: number, location: number): void {
    this.#index.add(hash, this.#push(location))
  }

  /** Adds another line to the record of an entry. */
  extend(entry: number, location: number): void {
    const added = this.#push(location)
    this.#next[added] = this.#next[entry]!
    this.#next[entry] = added
  }

  /** Where the lines of the record of an entry are. */
  locations(entry: number): number[] {
    const found = [this.#locations[entry]!]
    for (let next = this.#next[entry]!; next !== 0; next = this.#next[next]!) found.push(this.#locations[next]!)
    return found
  }

  #push(location: number): number {
    const entry = this.#size++
    this.#locations = withRoom(this.#locations, entry)
    this.#next = withRoom(this.#next, entry)
    this.#locations[entry] = location
    return entry
  }
}
