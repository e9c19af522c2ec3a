import { judgeSnapshot } from '../core/judge-snapshot.ts'
import type { Judgement } from '../core/judgement.ts'
import { restoreSnapshot } from '../core/saved-judgement.ts'
import { FEW, judgeFew } from './judge-few.ts'
import type { OpenCache } from './open-cache.ts'
import { type OpenDay, openDay } from './open-day.ts'

/** Judges what was appended since; null when that takes more than the cache holds. */
export type JudgeNews = (day: OpenDay) => Judgement | null

/** Judges from the cache, without any library and without reading settings or prices again; null when that is not enough. */
export function judgeFromCache(cache: OpenCache, judgeNews: JudgeNews, few = FEW): Judgement | null {
  const { growth, asOf, names } = cache
  const day = openDay(cache)
  if (day === null) return null
  if (growth.kind === 'other') return judgeNews(day)
  const { hasLedger, allRecords } = day.judged
  const snapshot = restoreSnapshot(day.judged, asOf)
  if (growth.kind === 'none') return judgeSnapshot(snapshot, day.rules, { ...names, hasLedger, allRecords })
  return judgeFew(growth, snapshot, day, few) ?? judgeNews(day)
}
