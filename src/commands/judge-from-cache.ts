import type { JudgingRules } from '../core/judge.ts'
import type { Judgement } from '../core/judgement.ts'
import { restoreJudgement } from '../core/saved-judgement.ts'
import { type SavedDay, restoreRules, savedDay } from '../core/saved-ledger.ts'
import type { OpenCache } from './open-cache.ts'

/** A cache with the day that goes with it. */
export interface OpenDay extends OpenCache, SavedDay {
  readonly rules: JudgingRules
}

/** Judges what was appended since; null when that takes more than the cache holds. */
export type JudgeNews = (day: OpenDay) => Judgement | null

/** Judges from the cache, without any library and without reading settings or prices again; null when that is not enough. */
export function judgeFromCache(cache: OpenCache, judgeNews: JudgeNews): Judgement | null {
  const { saved, settings, asOf, names, isUnchanged, files } = cache
  const day = savedDay(saved, files.read('day'))
  if (day === null || day.judged === null) return null
  const rules = restoreRules(settings)
  return isUnchanged
    ? restoreJudgement(day.judged, rules, asOf, names)
    : judgeNews({ ...cache, ...day, rules })
}
