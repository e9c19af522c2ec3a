import { checksumOf } from './checksum.ts'
import { hashText } from './hash-index.ts'
import { type KnownScope, type KnownSession, datedOrNull } from './known-ledger.ts'
import { IndexDamaged, PagedIndex, type PagedLayout, type ReadAt, pagedIndex } from './paged-index.ts'
import type { Rollup } from './rollup.ts'
import { knownScopes } from './save-fold.ts'

/** Few lookups happen, one for each session that is resumed: pages may be larger, and then hardly any overflows. */
const LAYOUT: PagedLayout = { pageBytes: 2048, entryBytes: 48 }

/** Behind the hash of an entry. */
const UNCERTAIN = 0
const USD = 4
const FIRST = 12
const LAST = 20
const TEXT_AT = 28
const ID_BYTES = 32
const SCOPES_BYTES = 36
const TEXT_CHECKSUM = 40

/**
 * The sums of sessions as a table on disk with their ids behind it, for `SessionIndex`; null when it would overflow.
 * Every session's sum must be one that a number holds.
 */
export function sessionIndex(
  rollup: Rollup,
  rows: Int32Array,
  stamp: readonly [number, number],
): Iterable<Uint8Array> | null {
  const texts = new Texts()
  const { sessions } = rollup
  const hashes = rows.map((row) => sessions.hashOf(row))
  const pages = pagedIndex(LAYOUT, hashes, stamp, (number, entry, at) => {
    const row = rows[number]!
    const scopes = knownScopes(rollup, row)
    const text = texts.add(sessions.id.at(row), scopes.length === 0 ? '' : JSON.stringify(scopes))
    entry.setInt32(at + UNCERTAIN, sessions.uncertain[row]!, true)
    entry.setFloat64(at + USD, Number(sessions.usd.at(row)), true)
    entry.setFloat64(at + FIRST, sessions.first[row]!, true)
    entry.setFloat64(at + LAST, sessions.last[row]!, true)
    entry.setUint32(at + TEXT_AT, text.at, true)
    entry.setUint32(at + ID_BYTES, text.idBytes, true)
    entry.setUint32(at + SCOPES_BYTES, text.scopesBytes, true)
    entry.setUint32(at + TEXT_CHECKSUM, text.checksum, true)
  })
  return pages === null ? null : withTexts(pages, texts)
}

/** The texts are complete once all pages have been made. */
function* withTexts(pages: Iterable<Uint8Array>, texts: Texts): Generator<Uint8Array> {
  yield* pages
  yield texts.bytes
}

/** Looks sessions up in such a table. */
export class SessionIndex {
  readonly #pages: PagedIndex
  readonly #readAt: ReadAt

  /** Throws `IndexDamaged` when the table is none, or not the one that goes with the stamp. */
  constructor(stamp: readonly [number, number], readAt: ReadAt) {
    this.#pages = new PagedIndex(LAYOUT, stamp, readAt)
    this.#readAt = readAt
  }

  /** What is known of a session, or null. Throws `IndexDamaged`. */
  find(id: string): KnownSession | null {
    const candidates: { text: Text; known: Omit<KnownSession, 'scopes'> }[] = []
    this.#pages.find(hashText(id), (entry, at) =>
      candidates.push({
        text: {
          at: entry.getUint32(at + TEXT_AT, true),
          idBytes: entry.getUint32(at + ID_BYTES, true),
          scopesBytes: entry.getUint32(at + SCOPES_BYTES, true),
          checksum: entry.getUint32(at + TEXT_CHECKSUM, true),
        },
        known: {
          uncertain: entry.getInt32(at + UNCERTAIN, true),
          usd: String(entry.getFloat64(at + USD, true)),
          first: datedOrNull(entry.getFloat64(at + FIRST, true)),
          last: datedOrNull(entry.getFloat64(at + LAST, true)),
        },
      }),
    )
    for (const { text, known } of candidates) {
      const read = this.#read(text)
      if (read.id === id) return { ...known, scopes: read.scopes }
    }
    return null
  }

  #read({ at, idBytes, scopesBytes, checksum }: Text): { id: string; scopes: readonly KnownScope[] } {
    const bytes = new Uint8Array(padded(idBytes + scopesBytes))
    const length = this.#readAt(bytes, this.#pages.length + at)
    if (length !== bytes.length || checksumOf(bytes, 0, length) !== checksum) {
      throw new IndexDamaged('a session does not match its checksum')
    }
    const scopes = decoded(bytes.subarray(idBytes, idBytes + scopesBytes))
    return { id: decoded(bytes.subarray(0, idBytes)), scopes: scopes === '' ? [] : JSON.parse(scopes) }
  }
}

interface Text {
  readonly at: number
  readonly idBytes: number
  readonly scopesBytes: number
  readonly checksum: number
}

/** Texts one behind the other, each padded to whole words. */
class Texts {
  #bytes = new Uint8Array(1 << 16)
  #length = 0

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  add(id: string, scopes: string): Text {
    const at = this.#length
    const most = 3 * (id.length + scopes.length) + 4
    if (at + most > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, at + most))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    const idBytes = encoder.encodeInto(id, this.#bytes.subarray(at)).written
    const scopesBytes = encoder.encodeInto(scopes, this.#bytes.subarray(at + idBytes)).written
    const length = padded(idBytes + scopesBytes)
    this.#length = at + length
    return { at, idBytes, scopesBytes, checksum: checksumOf(this.#bytes, at, length) }
  }
}

function padded(length: number): number {
  return (length + 3) & ~3
}

const encoder = new TextEncoder()
/** Made when it is needed: that takes longer than most calls have. */
let decoder: InstanceType<typeof TextDecoder> | null = null

function decoded(bytes: Uint8Array): string {
  decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
  return decoder.decode(bytes)
}
