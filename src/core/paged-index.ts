import { checksumOf } from './checksum.ts'
import { LedgerChanged } from './ledger-changed.ts'

/**
 * A hash table in a file that is never read whole: things of equal size lie on small pages, the page is chosen by the
 * top bits of a 32-bit hash, and each page proves by a checksum that it is what was written. A lookup costs one read
 * of one page. What is found has the hash only: the caller says whether it is what it looks for.
 *
 * Layout: one page of header, then the pages. Numbers are those of the machine that wrote them; one of another byte
 * order finds no checksum right.
 */
export interface PagedLayout {
  /** Bytes of a page: a multiple of 8. */
  readonly pageBytes: number
  /** Bytes of an entry, the hash in front included: a multiple of 4. */
  readonly entryBytes: number
}

/** Checksum and number of entries stand before the entries of a page. */
const PAGE_HEAD = 8
/** A page is this full on average, so that hardly any ever overflows. */
const LOAD = 0.45
/** Tries with twice the pages each, before a table whose hashes crowd is given up. */
const TRIES = 3
const MOST_BITS = 24

const CHECKSUM = 0
const COUNT = 1
/** Words of the header page. */
const MAGIC_AT = 1
const STAMP_AT = 2
const BITS_AT = 4
/** What of the header page says something, behind its checksum. */
const HEADER_BYTES = 4 * BITS_AT
const MAGIC = 0x31584941 // "AIX1"

/** Written one slice after the other, so that a table of fifty megabytes takes none. */
const SLICE_BYTES = 1 << 18

/**
 * A table with `hashes.length` entries, of which `write(number, entry)` fills each behind its hash, in slices that are
 * valid until the next one; null when so many hashes crowd on a page that it would overflow. `stamp` (two 32-bit
 * numbers) ties it to its cache.
 */
export function pagedIndex(
  layout: PagedLayout,
  hashes: Int32Array,
  stamp: readonly [number, number],
  write: (number: number, entry: DataView, at: number) => void,
): Iterable<Uint8Array> | null {
  const room = Math.floor((layout.pageBytes - PAGE_HEAD) / layout.entryBytes)
  let bits = Math.max(0, Math.ceil(Math.log2(Math.max(1, hashes.length / (room * LOAD)))))
  for (let tries = 0; tries < TRIES && bits <= MOST_BITS; tries++, bits++) {
    const counts = pageCounts(hashes, bits)
    if (counts.every((count) => count <= room)) return slices(layout, hashes, counts, bits, stamp, write)
  }
  return null
}

function pageCounts(hashes: Int32Array, bits: number): Int32Array {
  const counts = new Int32Array(2 ** bits)
  for (const hash of hashes) counts[pageOf(hash, bits)]!++
  return counts
}

function* slices(
  { pageBytes, entryBytes }: PagedLayout,
  hashes: Int32Array,
  counts: Int32Array,
  bits: number,
  stamp: readonly [number, number],
  write: (number: number, entry: DataView, at: number) => void,
): Generator<Uint8Array> {
  const bytes = new Uint8Array(Math.max(1, Math.floor(SLICE_BYTES / pageBytes)) * pageBytes)
  const view = new DataView(bytes.buffer)
  const words = new Uint32Array(bytes.buffer)
  words.set([0, MAGIC, ...stamp, bits])
  // The stamp goes into every page, so that none of another table is taken for one of this.
  words[CHECKSUM] = checksumOf(bytes, 4, HEADER_BYTES) ^ stamp[0]
  let at = pageBytes
  const order = byPage(hashes, counts, bits)
  let nth = 0
  for (const count of counts) {
    if (at === bytes.length) {
      yield bytes
      at = 0
    }
    bytes.fill(0, at, at + pageBytes)
    for (let entry = at + PAGE_HEAD; entry < at + PAGE_HEAD + count * entryBytes; entry += entryBytes) {
      const number = order[nth++]!
      view.setInt32(entry, hashes[number]!, true)
      write(number, view, entry + 4)
    }
    words[at / 4 + COUNT] = count
    words[at / 4 + CHECKSUM] = checksumOf(bytes, at + 4, PAGE_HEAD - 4 + count * entryBytes) ^ stamp[0]
    at += pageBytes
  }
  yield bytes.subarray(0, at)
}

/** The numbers of the entries, page after page. */
function byPage(hashes: Int32Array, counts: Int32Array, bits: number): Int32Array {
  const next = new Int32Array(counts.length)
  for (let page = 1; page < counts.length; page++) next[page] = next[page - 1]! + counts[page - 1]!
  const order = new Int32Array(hashes.length)
  for (let number = 0; number < hashes.length; number++) {
    order[next[pageOf(hashes[number]!, bits)]!++] = number
  }
  return order
}

function pageOf(hash: number, bits: number): number {
  return bits === 0 ? 0 : hash >>> (32 - bits)
}

/** Something in a paged index is not what was written: whatever stands on it has to be made anew. */
export class IndexDamaged extends LedgerChanged {}

/** Reads up to `bytes.length` bytes at a place in a file; returns how many there were. */
export type ReadAt = (bytes: Uint8Array, at: number) => number

/** Looks entries up in a table on disk. */
export class PagedIndex {
  readonly #layout: PagedLayout
  readonly #readAt: ReadAt
  readonly #page: Uint8Array
  readonly #stamp: readonly [number, number]
  readonly #view: DataView
  readonly #bits: number

  /** Throws `IndexDamaged` when the table is none, or not the one that goes with the stamp. */
  constructor(layout: PagedLayout, stamp: readonly [number, number], readAt: ReadAt) {
    this.#layout = layout
    this.#readAt = readAt
    this.#stamp = stamp
    this.#page = new Uint8Array(layout.pageBytes)
    this.#view = new DataView(this.#page.buffer)
    this.#load(0)
    const words = new Uint32Array(this.#page.buffer)
    if (words[MAGIC_AT] !== MAGIC || words[STAMP_AT] !== stamp[0] || words[STAMP_AT + 1] !== stamp[1]) {
      throw new IndexDamaged('another table')
    }
    this.#bits = words[BITS_AT]!
  }

  /** Bytes of the whole table. */
  get length(): number {
    return (1 + 2 ** this.#bits) * this.#layout.pageBytes
  }

  /** Calls back with each entry that has the hash: its bytes behind the hash begin at `at`. Throws `IndexDamaged`. */
  find(hash: number, found: (entry: DataView, at: number) => void): void {
    const { entryBytes } = this.#layout
    this.#load(1 + pageOf(hash, this.#bits))
    const count = this.#view.getInt32(4, true)
    for (let nth = 0; nth < count; nth++) {
      const at = PAGE_HEAD + nth * entryBytes
      if (this.#view.getInt32(at, true) === (hash | 0)) found(this.#view, at + 4)
    }
  }

  #load(page: number): void {
    const { pageBytes } = this.#layout
    const length = this.#readAt(this.#page, page * pageBytes)
    const used = page === 0 ? HEADER_BYTES : this.#usedBytes()
    if (length !== pageBytes || used > pageBytes - 4 || this.#view.getUint32(0, true) !== this.#sumOf(used)) {
      throw new IndexDamaged('a page does not match its checksum')
    }
  }

  /** Of the loaded page, behind its checksum. Not all of it is proved: a loop of a thousand steps lasts. */
  #usedBytes(): number {
    return PAGE_HEAD - 4 + this.#view.getUint32(4, true) * this.#layout.entryBytes
  }

  #sumOf(bytes: number): number {
    return (checksumOf(this.#page, 4, bytes) ^ this.#stamp[0]) >>> 0
  }
}
