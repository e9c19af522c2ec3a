import type { Judgement } from '../core/judgement.ts'
import { NO_OVERRIDES } from '../core/override.ts'
import { isIn } from '../core/period.ts'
import { type SavedHead, type SavedSettings, sameStamp, savedHead } from '../core/saved-ledger.ts'
import type { AlertClaims } from '../system/alert-claims.ts'
import type { CacheFiles } from '../system/cache-files.ts'
import { type LedgerGrowth, growthOf } from '../system/ledger-growth.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { type Invocation, directoryOf, hasFlag, valueOf } from './command.ts'
import { type OverridesAt, isLasting, type overridesAt, overridesStamp } from './overrides-file.ts'
import { placeOf } from './place.ts'
import { PROGRAM } from './program.ts'
import { settingsPlaces } from './settings-places.ts'
import { settingsState } from './settings-state.ts'

export type CachedSystem = Pick<System, 'alertClaims' | 'clock' | 'environment' | 'files' | 'cache'>

/** A cache that this call may believe: the same program, settings and day. */
export interface OpenCache {
  readonly saved: SavedHead
  readonly settings: SavedSettings
  readonly asOf: number
  readonly place: LedgerPlace
  /** What became of the ledger; where a record waits for the clock, that is always something else. */
  readonly growth: LedgerGrowth
  /** What a judgement says besides. */
  readonly names: Pick<Judgement, 'settingsFiles' | 'ledgerPath' | 'overrides'>
  readonly files: CacheFiles
  readonly claims: AlertClaims
}

/** Reads what holds besides the settings: only where there is such a file. */
export type ReadOverrides = typeof overridesAt

const NONE: OverridesAt = { active: NO_OVERRIDES, notes: [] }

/** Null when there is none that this call may believe. Throws `UsageError`. */
export function openCache(
  invocation: Invocation,
  system: CachedSystem,
  readOverrides: ReadOverrides,
): OpenCache | null {
  if (hasFlag(invocation, 'no-cache') || valueOf(invocation, 'now') !== null) return null
  const { environment, files } = system
  const place = placeOf(invocation, system)
  const { directory, path } = place
  const cache = system.cache(directory)
  const saved = savedHead(cache.read('cache'), PROGRAM)
  const asOf = system.clock.now()
  if (saved === null || saved.settings === null) return null
  if (asOf < saved.asOf || !isIn(saved.today, asOf)) return null
  const places = settingsPlaces(directoryOf(invocation, 'config'), environment, files)
  const { stamp, files: settingsFiles } = settingsState(places, environment, files)
  if (!sameStamp(stamp, saved.settings.stamp)) return null
  const overrides = overridesStamp(place, system) === '' ? NONE : readOverrides(place, asOf, system)
  // What is to be said of them is not in the cache.
  if (!isLasting(overrides)) return null
  return {
    saved,
    settings: saved.settings,
    asOf,
    place,
    growth: saved.ahead === 0 ? growthOf(directory, saved.files) : { kind: 'other' },
    names: { settingsFiles, ledgerPath: path, overrides: overrides.active },
    files: cache,
    claims: system.alertClaims(directory),
  }
}
