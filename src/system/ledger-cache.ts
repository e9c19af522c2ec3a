import type { Budget } from '../core/budget.ts'
import type { Fold } from '../core/fold.ts'
import { idIndex } from '../core/id-index.ts'
import type { KnownLedger } from '../core/known-ledger.ts'
import { restoreFold } from '../core/restore-fold.ts'
import { type Today, keptSessions, saveFold } from '../core/save-fold.ts'
import {
  type SavedFile,
  type SavedHead,
  type SavedLedger,
  type SealedDay,
  type SealedRest,
  type Stamp,
  stampOf,
} from '../core/saved-ledger.ts'
import { type SavedRouting, sealRouting } from '../core/saved-routing.ts'
import { sessionIndex } from '../core/session-index.ts'
import type { CacheFiles, CacheIndexes } from './cache-files.ts'
import { KnownLines } from './known-lines.ts'
import { partsOf } from './location.ts'
import type { LedgerReader } from './ledger-reader.ts'

/** After so many lines the indexes are made anew from the whole ledger. */
export const MOST_LINES = 4096

/** What is saved with a fold, and what it takes to save it. */
export interface Saving extends Pick<
  SavedLedger,
  'program' | 'terms' | 'asOf' | 'days' | 'prices' | 'settings' | 'judged' | 'answer'
> {
  readonly budgets: readonly Budget[]
  readonly today: Today
  /** Null where that which is there stays. */
  readonly routing: SavedRouting | null
}

/** As much of a reader as the cache needs. */
export type CacheableReader = Pick<LedgerReader, 'fold' | 'restore' | 'saved'>

/** Makes a fold that knows what was read before it. */
export type MakeRestoredFold = (
  lineAt: (location: number) => Uint8Array,
  known: KnownLedger,
  detailFrom: number,
) => Fold

/** So many new bytes may be read again by each call, before it pays to write down that they were read. */
export const WORTH_SAVING = 64 * 1024

/** The cache of one ledger, from what was read of it to what is written of it again. */
export class LedgerCache {
  readonly #files: CacheFiles
  readonly #known: KnownLines[] = []

  constructor(files: CacheFiles) {
    this.#files = files
  }

  /** Lets a reader that has read nothing go on from where the cache ends; false when its files are no longer those. */
  restore(reader: CacheableReader, saved: SavedLedger, makeFold: MakeRestoredFold): boolean {
    const known = new KnownLines(this.#files, saved.indexes, saved.lines)
    this.#known.push(known)
    return reader.restore(saved.files, (lineAt) => {
      const fold = makeFold(lineAt, known, saved.fold.detailFrom)
      restoreFold(fold, saved.fold)
      return fold
    })
  }

  /**
   * Writes what a reader has read to its end, and returns that; null when it was not possible. `before` is the cache
   * that it went on from, whose indexes stay; null after a full reading, and then new ones are made.
   */
  save(reader: CacheableReader, before: SavedLedger | null, saving: Saving): SavedLedger | null {
    const { fold } = reader
    const { program, terms, asOf, days, settings, budgets, today } = saving
    const files = reader.saved()
    if (files === null) return null
    const reading = stampOf(JSON.stringify([terms, settings?.stamp, asOf, files, before?.indexes]))
    // A restored fold knows of no session but those that were kept or came again since.
    const kept = before === null ? keptSessions(fold.rollup, today) : [...allSessions(fold)]
    const small = saveFold(fold, budgets, today, kept)
    const lines = before === null ? [] : [...before.lines, ...linesSince(before, fold)]
    if (small === null || lines.length > 2 * MOST_LINES) return this.#giveUp(before)
    const stamp = before?.indexes ?? reading
    const indexes = before === null ? madeIndexes(fold, kept, stamp) : null
    if (before === null && indexes === null) return this.#giveUp(before)
    const { judged, prices, answer } = saving
    const cache: SavedHead = {
      program,
      terms,
      reading,
      folded: reading,
      behind: 0,
      indexes: stamp,
      files,
      ahead: fold.findings.ahead.length,
      asOf,
      today: days.periods.daily,
      settings,
      answer,
    }
    const keepsOthers = judged === null || kept.length > judged.snapshot.sessions.length
    const day: SealedDay = { program, reading, judged, keepsOthers, prices, lines }
    const rest: SealedRest = { program, reading, fold: small, days, files, lines }
    const routing = saving.routing && sealRouting(saving.routing, cache)
    const content = { cache, day, fold: rest, ...(routing !== null && { routing }) }
    return this.#files.write(content, indexes) ? { ...rest, ...day, ...cache } : null
  }

  /** What has grown too large to go on with is made anew from the whole ledger by the next call. */
  #giveUp(before: SavedLedger | null): null {
    if (before !== null) this.#files.remove()
    return null
  }

  close(): void {
    for (const known of this.#known) known.close()
    this.#known.length = 0
  }
}

function madeIndexes(fold: Fold, kept: readonly number[], stamp: Stamp): CacheIndexes | null {
  const ids = idIndex(fold.identifiedLines(), stamp)
  const isKept = new Set(kept)
  const others = allSessions(fold).filter((row) => !isKept.has(row))
  const sessions = sessionIndex(fold.rollup, others, stamp)
  return ids === null || sessions === null ? null : { ids, sessions }
}

/** Typed, because a long ledger has many. */
function allSessions({ rollup }: Fold): Int32Array {
  return Int32Array.from({ length: rollup.sessions.size }, (_, row) => row)
}

/** True when more than so many bytes were read since a cache was written. */
export function isWorthSaving(before: SavedLedger, reader: CacheableReader, bytes: number): boolean {
  return bytesRead(reader.saved() ?? []) - bytesRead(before.files) > bytes
}

function bytesRead(files: readonly SavedFile[]): number {
  return files.reduce((sum, { offset }) => sum + offset, 0)
}

/** Hash and location, in turn, of the lines that were read after a cache was written. */
function linesSince({ files }: SavedLedger, fold: Fold): number[] {
  const ends = new Map(files.map(({ index, offset }) => [index, offset]))
  const { hashes, locations } = fold.identifiedLines()
  const added: number[] = []
  locations.forEach((location, nth) => {
    const { index, offset } = partsOf(location)
    if (offset >= (ends.get(index) ?? 0)) added.push(hashes[nth]!, location)
  })
  return added
}
