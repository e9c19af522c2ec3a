import type { AnswerRules } from '../core/save-answer.ts'
import { type SavedDay, restoreRules, savedDay } from '../core/saved-ledger.ts'
import { type SavedJudgement, restoreBriefly, restoreSnapshot } from '../core/saved-judgement.ts'
import type { Snapshot } from '../core/snapshot.ts'
import type { OpenCache } from './open-cache.ts'

/** A cache with the day that goes with it. */
export interface OpenDay extends OpenCache, SavedDay {
  readonly judged: SavedJudgement
  readonly rules: AnswerRules
}

/** Null when there is none that goes with the cache. */
export function openDay(cache: OpenCache): OpenDay | null {
  const day = savedDay(cache.saved, cache.files.read('day'))
  if (day === null || day.judged === null) return null
  return { ...cache, ...day, judged: day.judged, rules: restoreRules(cache.settings) }
}

/** Of how much a judgement is wanted: an answer for one session needs neither all others nor what was spent lately. */
export interface Extent {
  /** By id. */
  readonly sessions: readonly string[] | 'all'
}

/** What was known when the cache was written, as of now. */
export function snapshotOf({ judged, asOf }: OpenDay, sessions: Extent['sessions']): Snapshot {
  return sessions === 'all' ? restoreSnapshot(judged, asOf) : restoreBriefly(judged, asOf, new Set(sessions))
}
