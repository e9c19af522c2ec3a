import { judgeSnapshot } from '../core/judge-snapshot.ts'
import type { Judgement } from '../core/judgement.ts'
import { type FewTerms, judgeFew } from './judge-few.ts'
import type { OpenCache } from './open-cache.ts'
import { type OpenDay, openDay, snapshotOf } from './open-day.ts'

/** Judges what was appended since; null when that takes more than the cache holds. */
export type JudgeNews = (day: OpenDay) => Judgement | null

/**
 * Judges from the cache, without any library and without reading settings or prices again; null when that is not
 * enough. Of the sessions there may be more than were asked for.
 */
export function judgeFromCache(cache: OpenCache, judgeNews: JudgeNews, terms: FewTerms): Judgement | null {
  const { growth, names } = cache
  const day = openDay(cache)
  if (day === null) return null
  if (growth.kind === 'other') return judgeNews(day)
  if (growth.kind === 'grown') return judgeFew(growth, day, terms) ?? judgeNews(day)
  const { hasLedger, allRecords } = day.judged
  const snapshot = snapshotOf(day, terms.sessions)
  return judgeSnapshot(snapshot, day.rules, { ...names, hasLedger, allRecords })
}
