import type { FoldParts } from '../core/fold.ts'
import type { Cursor } from '../core/line-reader.ts'
import type { LedgerRange } from './ledger-range.ts'

/** Somebody who reads a part of a large ledger while we read the rest. */
export interface SecondReader {
  /** Less than this is read sooner alone, in bytes. */
  readonly fromBytes: number
  /** Begins to read; null when that cannot be. `recipe` is what `MakeFold` says of the fold, `asOf` the fold's clock. */
  readonly begin: (recipe: unknown, asOf: number, ranges: readonly LedgerRange[]) => SecondReading | null
}

/** A reading under way. It may fail at any time; then its ranges are still to be read. */
export interface SecondReading {
  /** Bytes read until now. */
  readonly bytesRead: number
  /** Waits until it is over, but not longer than so many milliseconds; says whether it is. */
  readonly isOver: (milliseconds: number) => boolean
  /** What a reading that is over came to, once; null when it failed. */
  readonly take: () => SecondAnswer | null
  /** Ends it: nobody waits for it any longer. */
  readonly stop: () => void
}

export interface SecondAnswer {
  readonly parts: FoldParts
  /** Where each range was left, in their order. */
  readonly cursors: readonly Cursor[]
}
