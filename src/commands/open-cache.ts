import { isToday } from '../core/day-table.ts'
import type { JudgingRules } from '../core/judge.ts'
import type { Judgement } from '../core/judgement.ts'
import {
  type SavedHead,
  type SavedSettings,
  restoreRules,
  sameStamp,
  savedHead,
} from '../core/saved-ledger.ts'
import type { SavedJudgement } from '../core/saved-judgement.ts'
import type { CacheFiles } from '../system/cache-files.ts'
import type { System } from '../system/system.ts'
import { type Invocation, directoryOf, hasFlag, valueOf } from './command.ts'
import { placeOf } from './place.ts'
import { PROGRAM } from './program.ts'
import { settingsPlaces } from './settings-places.ts'
import { settingsState } from './settings-state.ts'

export type CachedSystem = Pick<System, 'clock' | 'environment' | 'files' | 'cache'>

/** A cache that this call may believe: the same program, settings and day. The ledger is still to be looked at. */
export interface OpenCache {
  readonly saved: SavedHead
  readonly settings: SavedSettings
  readonly judged: SavedJudgement
  readonly rules: JudgingRules
  readonly asOf: number
  readonly directory: string
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
  if (saved === null || saved.settings === null || saved.judged === null) return null
  const { settings, judged } = saved
  if (asOf < saved.asOf || !isToday(judged.snapshot, asOf)) return null
  const places = settingsPlaces(directoryOf(invocation, 'config'), environment, files)
  const { stamp, files: settingsFiles } = settingsState(places, environment, files)
  if (!sameStamp(stamp, settings.stamp)) return null
  return {
    saved,
    settings,
    judged,
    rules: restoreRules(settings),
    asOf,
    directory,
    names: { settingsFiles, ledgerPath: path },
    files: cache,
  }
}
