import { numberColumn, smallColumn, withRoom } from './columns.ts'
import { HashIndex } from './hash-index.ts'

/**
 * Which records have been seen, and where their lines are. Whether two lines are the same record is decided by
 * reading the earlier line again, so that nothing but its place has to be kept.
 */
export class Identities {
  readonly #index = new HashIndex()
  /** By entry: its first line. */
  #locations = numberColumn()
  /** By entry: its latest further line, counted from 1; 0 for none. */
  #latest = smallColumn()
  readonly #further = new FurtherLines()
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
    const entry = this.#index.add(hash)
    this.#locations = withRoom(this.#locations, entry)
    this.#locations[entry] = location
  }

  /** Adds another line to the record of an entry. */
  extend(entry: number, location: number): void {
    this.#latest = withRoom(this.#latest, entry)
    this.#latest[entry] = this.#further.push(location, this.#latest[entry]!)
  }

  /** Where the lines of the record of an entry are: the first, then the further ones from the latest backward. */
  locations(entry: number): readonly number[] {
    return [this.#locations[entry]!, ...this.#further.backwardFrom(this.#latest[entry] ?? 0)]
  }
}

/** Lines in chains, each pointing to the one before it. */
class FurtherLines {
  #size = 0
  #locations = numberColumn()
  #previous = smallColumn()

  /** Adds a line before which `previous` came; returns its number, counted from 1. */
  push(location: number, previous: number): number {
    const line = ++this.#size
    this.#locations = withRoom(this.#locations, line)
    this.#previous = withRoom(this.#previous, line)
    this.#locations[line] = location
    this.#previous[line] = previous
    return line
  }

  *backwardFrom(line: number): Generator<number> {
    for (let at = line; at !== 0; at = this.#previous[at]!) yield this.#locations[at]!
  }
}
