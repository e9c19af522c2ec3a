import { countNews } from '../core/count-news.ts'
import { judgeSnapshot } from '../core/judge-snapshot.ts'
import type { Judgement } from '../core/judgement.ts'
import { LedgerChanged } from '../core/ledger-changed.ts'
import { saveAnswer } from '../core/save-answer.ts'
import { saveJudgement } from '../core/saved-judgement.ts'
import { type SavedHead, type SealedDay, stampOf } from '../core/saved-ledger.ts'
import type { Snapshot } from '../core/snapshot.ts'
import { Unreadable } from '../system/file-system.ts'
import { KnownLines } from '../system/known-lines.ts'
import { MOST_LINES, WORTH_SAVING } from '../system/ledger-cache.ts'
import { type GrownFile, type Growth, readGrowth } from '../system/ledger-growth.ts'
import { HandOver } from './hand-over.ts'
import { type NewLine, newLines } from './new-lines.ts'
import type { OpenDay } from './open-day.ts'

/** In bytes. */
export interface FewLimits {
  /** From so much on it is written down what was read. */
  readonly worthSaving: number
  /** So far a fold may stay behind the day: whoever needs it reads this much again. */
  readonly mostBehind: number
}

export const FEW: FewLimits = { worthSaving: WORTH_SAVING, mostBehind: 1 << 20 }

/**
 * Judges when plain records of this day were appended, which is what happens between two calls: they are counted on
 * top of what was judged before. Null when there is anything else among them (an odd line, a repetition, another day,
 * no price), which takes a fold.
 */
export function judgeFew(
  grown: GrownFile,
  snapshot: Snapshot,
  day: OpenDay,
  { worthSaving, mostBehind }: FewLimits,
): Judgement | null {
  const known = new KnownLines(day.files, day.saved.indexes, day.lines)
  try {
    const growth = readGrowth(grown, mostBehind - day.saved.behind)
    const news = growth === null ? null : newLines(growth, day, known)
    if (growth === null || news === null) return null
    const session = day.keepsOthers ? () => undefined : known.session
    const counted = countNews(snapshot, news, day.rules.budgets, { session })
    if (counted === null) return null
    const allRecords = day.judged.allRecords + news.length
    const judgement = judgeSnapshot(counted, day.rules, { ...day.names, hasLedger: true, allRecords })
    if (growth.bytes.length > worthSaving) save(judgement, growth, news, day)
    return judgement
  } catch (error) {
    if (EXPECTED.some((kind) => error instanceof kind)) return null
    throw error
  } finally {
    known.close()
  }
}

const EXPECTED = [HandOver, LedgerChanged, Unreadable]

/** Writes down what was judged and how far that goes; the fold, which is ten times as much, stays behind. */
function save(judgement: Judgement, growth: Growth, news: readonly NewLine[], day: OpenDay): void {
  const { saved, asOf, keepsOthers, prices } = day
  const lines = [...day.lines, ...news.flatMap(({ hash, location }) => [hash, location])]
  if (lines.length > 2 * MOST_LINES) return
  const file = growth.fileWith(news.length)
  const files = saved.files.map((one) => (one.name === file.name ? file : one))
  const reading = stampOf(JSON.stringify([saved.reading, asOf, files]))
  const cache: SavedHead = {
    ...saved,
    reading,
    files,
    behind: saved.behind + growth.bytes.length,
    asOf,
    answer: saveAnswer(judgement),
  }
  const { program } = saved
  const content: SealedDay = {
    program,
    reading,
    judged: saveJudgement(judgement),
    keepsOthers,
    prices,
    lines,
  }
  day.files.write({ cache, day: content, fold: null }, null)
}
