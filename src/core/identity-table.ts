import { numberColumn, smallColumn, withRoom } from './columns.ts'
import type { IdentifiedLines } from './id-index.ts'
import { HashIndex, type HashIndexParts } from './hash-index.ts'

/** What an `IdentityTable` holds, as data that another thread can be handed. */
export interface IdentityParts {
  readonly index: HashIndexParts
  readonly locations: Float64Array
  readonly latest: Int32Array
  readonly further: FurtherParts
}

/** The records of one reading: which there are, and where their lines are. */
export class IdentityTable {
  readonly #index: HashIndex
  /** By entry: its first line. */
  #locations: Float64Array
  /** By entry: its latest further line, counted from 1; 0 for none. */
  #latest: Int32Array
  readonly #further: FurtherLines
  readonly #isSame: (entry: number) => boolean

  /** `isSame` compares the record at hand with the line at a location. Goes on with what another table held, if any. */
  constructor(isSame: (location: number) => boolean, parts?: IdentityParts) {
    this.#index = new HashIndex(parts?.index)
    this.#locations = parts?.locations ?? numberColumn()
    this.#latest = parts?.latest ?? smallColumn()
    this.#further = new FurtherLines(parts?.further)
    this.#isSame = (entry) => isSame(this.#locations[entry]!)
  }

  get size(): number {
    return this.#index.size
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
    const first = this.#locations[entry]!
    const latest = this.#latest[entry] ?? 0
    // Nearly all of them: whoever asks for every record must not have a generator made for each.
    return latest === 0 ? [first] : [first, ...this.#further.backwardFrom(latest)]
  }

  /** How many lines it knows. */
  get lines(): number {
    return this.size + this.#further.size
  }

  /** Copies all lines from `at` on; returns where they end. */
  copyLines({ hashes, locations }: IdentifiedLines, at: number): number {
    let next = at
    for (let entry = 0; entry < this.size; entry++) {
      hashes[next] = this.#index.hashOf(entry)
      locations[next++] = this.#locations[entry]!
      for (const location of this.#further.backwardFrom(this.#latest[entry] ?? 0)) {
        hashes[next] = this.#index.hashOf(entry)
        locations[next++] = location
      }
    }
    return next
  }

  hashOf(entry: number): number {
    return this.#index.hashOf(entry)
  }

  /** Those of our entries whose hash another table knows too. */
  sharedWith(other: IdentityTable): readonly number[] {
    return this.#index.sharedWith(other.#index)
  }

  /** Makes room for so many records. */
  expect(records: number): void {
    this.#index.expect(records)
    this.#locations = withRoom(this.#locations, records - 1)
  }

  /** What it holds; whoever changes that afterwards changes the table. */
  parts(): IdentityParts {
    return {
      index: this.#index.parts(),
      locations: this.#locations,
      latest: this.#latest,
      further: this.#further.parts(),
    }
  }
}

interface FurtherParts {
  readonly size: number
  readonly locations: Float64Array
  readonly previous: Int32Array
}

/** Lines in chains, each pointing to the one before it. */
class FurtherLines {
  #size: number
  #locations: Float64Array
  #previous: Int32Array

  constructor(parts?: FurtherParts) {
    this.#size = parts?.size ?? 0
    this.#locations = parts?.locations ?? numberColumn()
    this.#previous = parts?.previous ?? smallColumn()
  }

  /** Adds a line before which `previous` came; returns its number, counted from 1. */
  push(location: number, previous: number): number {
    const line = ++this.#size
    this.#locations = withRoom(this.#locations, line)
    this.#previous = withRoom(this.#previous, line)
    this.#locations[line] = location
    this.#previous[line] = previous
    return line
  }

  get size(): number {
    return this.#size
  }

  *backwardFrom(line: number): Generator<number> {
    for (let at = line; at !== 0; at = this.#previous[at]!) yield this.#locations[at]!
  }

  parts(): FurtherParts {
    return { size: this.#size, locations: this.#locations, previous: this.#previous }
  }
}
