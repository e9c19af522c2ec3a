import { IdIndex } from '../core/id-index.ts'
import type { KnownLedger, KnownSession } from '../core/known-ledger.ts'
import type { Stamp } from '../core/saved-ledger.ts'
import { SessionIndex } from '../core/session-index.ts'
import type { CacheFiles, IndexName, OpenIndex } from './cache-files.ts'

/** What a cache knows of lines and sessions, looked up where it lies. Lookups throw `IndexDamaged`. */
export class KnownLines implements KnownLedger {
  readonly #files: CacheFiles
  readonly #stamp: Stamp
  readonly #recent: ReadonlyMap<number, readonly number[]>
  readonly #open: OpenIndex[] = []
  #ids: IdIndex | null = null
  #sessions: SessionIndex | null = null

  /** `lines` were read since the indexes with this stamp were made: hash of the identity and location, in turn. */
  constructor(files: CacheFiles, stamp: Stamp, lines: readonly number[]) {
    this.#files = files
    this.#stamp = stamp
    this.#recent = byHash(lines)
  }

  readonly lines = (hash: number): readonly number[] => {
    this.#ids ??= new IdIndex(this.#stamp, this.#readAt('ids'))
    return [...(this.#recent.get(hash) ?? []), ...this.#ids.locations(hash)]
  }

  readonly session = (id: string): KnownSession | null => {
    this.#sessions ??= new SessionIndex(this.#stamp, this.#readAt('sessions'))
    return this.#sessions.find(id)
  }

  close(): void {
    for (const { close } of this.#open) close()
    this.#open.length = 0
  }

  #readAt(name: IndexName): OpenIndex['readAt'] {
    const index = this.#files.openIndex(name)
    // What is not there has no page that matches its checksum.
    if (index === null) return () => 0
    this.#open.push(index)
    return index.readAt
  }
}

function byHash(lines: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (let at = 0; at < lines.length; at += 2) {
    const known = found.get(lines[at]!)
    if (known === undefined) found.set(lines[at]!, [lines[at + 1]!])
    else known.push(lines[at + 1]!)
  }
  return found
}
