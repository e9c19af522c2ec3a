import { PagedIndex, type PagedLayout, type ReadAt, pagedIndex } from './paged-index.ts'

/** Each new line is looked up: small pages are read and proved quickly. */
const LAYOUT: PagedLayout = { pageBytes: 1024, entryBytes: 12 }

/** Lines by the hash of their record's identity. */
export interface IdentifiedLines {
  readonly hashes: Int32Array
  /** Beside each hash. */
  readonly locations: Float64Array
}

/** The lines of a ledger as a table on disk, for `IdIndex`; null when it would overflow. */
export function idIndex(
  { hashes, locations }: IdentifiedLines,
  stamp: readonly [number, number],
): Iterable<Uint8Array> | null {
  return pagedIndex(LAYOUT, hashes, stamp, (number, entry, at) =>
    entry.setFloat64(at, locations[number]!, true),
  )
}

/** Looks lines up in such a table. */
export class IdIndex {
  readonly #pages: PagedIndex

  /** Throws `IndexDamaged` when the table is none, or not the one that goes with the stamp. */
  constructor(stamp: readonly [number, number], readAt: ReadAt) {
    this.#pages = new PagedIndex(LAYOUT, stamp, readAt)
  }

  /** Where lines with this hash are; a hash only nominates. Throws `IndexDamaged`. */
  locations(hash: number): readonly number[] {
    const locations: number[] = []
    this.#pages.find(hash, (entry, at) => locations.push(entry.getFloat64(at, true)))
    return locations
  }
}
