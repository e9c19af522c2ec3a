import { countNews } from '../core/count-news.ts'
import { judgeSnapshot } from '../core/judge-snapshot.ts'
import type { Judgement } from '../core/judgement.ts'
import { LedgerChanged } from '../core/ledger-changed.ts'
import { Unreadable } from '../system/file-system.ts'
import { KnownLines } from '../system/known-lines.ts'
import { WORTH_SAVING } from '../system/ledger-cache.ts'
import { type GrownFile, type Growth, readGrowth } from '../system/ledger-growth.ts'
import { HandOver } from './hand-over.ts'
import { type NewLine, newLines } from './new-lines.ts'
import { type Extent, type OpenDay, snapshotOf } from './open-day.ts'

/** In bytes. */
export interface FewLimits {
  /** From so much on it is written down what was read. */
  readonly worthSaving: number
  /** So far a fold may stay behind the day: whoever needs it reads this much again. */
  readonly mostBehind: number
}

export const FEW: FewLimits = { worthSaving: WORTH_SAVING, mostBehind: 1 << 20 }

/** Writes down what was judged and how far that goes. */
export type SaveFew = (judgement: Judgement, growth: Growth, news: readonly NewLine[], day: OpenDay) => void

export interface FewTerms extends FewLimits, Extent {
  readonly saveFew: SaveFew
}

/**
 * Judges when plain records of this day were appended, which is what happens between two calls: they are counted on
 * top of what was judged before. Null when there is anything else among them (an odd line, a repetition, another day,
 * no price), which takes a fold.
 */
export function judgeFew(
  grown: GrownFile,
  day: OpenDay,
  { worthSaving, mostBehind, sessions, saveFew }: FewTerms,
): Judgement | null {
  const known = new KnownLines(day.files, day.saved.indexes, day.lines)
  try {
    const growth = readGrowth(grown, mostBehind - day.saved.behind)
    const news = growth === null ? null : newLines(growth, day, known)
    if (growth === null || news === null) return null
    const isWorthSaving = growth.bytes.length > worthSaving
    const touched = news.map(({ record }) => record.sessionId)
    const wanted = sessions === 'all' || isWorthSaving ? 'all' : [...sessions, ...touched]
    const session = day.keepsOthers ? () => undefined : known.session
    const counted = countNews(snapshotOf(day, wanted), news, day.rules.budgets, { session })
    if (counted === null) return null
    const allRecords = day.judged.allRecords + news.length
    const judgement = judgeSnapshot(counted, day.rules, { ...day.names, hasLedger: true, allRecords })
    if (isWorthSaving) saveFew(judgement, growth, news, day)
    return judgement
  } catch (error) {
    if (EXPECTED.some((kind) => error instanceof kind)) return null
    throw error
  } finally {
    known.close()
  }
}

const EXPECTED = [HandOver, LedgerChanged, Unreadable]
