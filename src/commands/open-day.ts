import type { JudgingRules } from '../core/judge-snapshot.ts'
import { type SavedDay, restoreRules, savedDay } from '../core/saved-ledger.ts'
import type { SavedJudgement } from '../core/saved-judgement.ts'
import type { OpenCache } from './open-cache.ts'

/** A cache with the day that goes with it. */
export interface OpenDay extends OpenCache, SavedDay {
  readonly judged: SavedJudgement
  readonly rules: JudgingRules
}

/** Null when there is none that goes with the cache. */
export function openDay(cache: OpenCache): OpenDay | null {
  const day = savedDay(cache.saved, cache.files.read('day'))
  if (day === null || day.judged === null) return null
  return { ...cache, ...day, judged: day.judged, rules: restoreRules(cache.settings) }
}
