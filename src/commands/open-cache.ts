import type { Judgement } from '../core/judgement.ts'
import { isIn } from '../core/period.ts'
import { type SavedHead, type SavedSettings, sameStamp, savedHead } from '../core/saved-ledger.ts'
import type { CacheFiles } from '../system/cache-files.ts'
import { type LedgerGrowth, growthOf } from '../system/ledger-growth.ts'
import type { System } from '../system/system.ts'
import { type Invocation, directoryOf, hasFlag, valueOf } from './command.ts'
import { placeOf } from './place.ts'
import { PROGRAM } from './program.ts'
import { settingsPlaces } from './settings-places.ts'
import { settingsState } from './settings-state.ts'

export type CachedSystem = Pick<System, 'clock' | 'environment' | 'files' | 'cache'>

/** A cache that this call may believe: the same program, settings and day. */
export interface OpenCache {
  readonly saved: SavedHead
  readonly settings: SavedSettings
  readonly asOf: number
  readonly directory: string
  /** What became of the ledger; where a record waits for the clock, that is always something else. */
  readonly growth: LedgerGrowth
  /** What a judgement says besides. */
  readonly names: Pick<Judgement, 'settingsFiles' | 'ledgerPath'>
  readonly files: CacheFiles
}

/** Null when there is none that this call may believe. Throws `UsageError`. */
export function openCache(invocation: Invocation, system: CachedSystem): OpenCache | null {
  if (hasFlag(invocation, 'no-cache') || valueOf(invocation, 'now') !== null) return null
  const { environment, files } = system
  const { directory, path } = placeOf(invocation, system)
  const cache = system.cache(directory)
  const saved = savedHead(cache.read('cache'), PROGRAM)
  const asOf = system.clock.now()
  if (saved === null || saved.settings === null) return null
  if (asOf < saved.asOf || !isIn(saved.today, asOf)) return null
  const places = settingsPlaces(directoryOf(invocation, 'config'), environment, files)
  const { stamp, files: settingsFiles } = settingsState(places, environment, files)
  if (!sameStamp(stamp, saved.settings.stamp)) return null
  return {
    saved,
    settings: saved.settings,
    asOf,
    directory,
    growth: saved.ahead === 0 ? growthOf(directory, saved.files) : { kind: 'other' },
    names: { settingsFiles, ledgerPath: path },
    files: cache,
  }
}
