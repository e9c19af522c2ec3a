import { saveAnswer } from '../core/save-answer.ts'
import { saveJudgement } from '../core/saved-judgement.ts'
import { type SavedHead, type SealedDay, stampOf } from '../core/saved-ledger.ts'
import { MOST_LINES } from '../system/ledger-cache.ts'
import type { SaveFew } from './judge-few.ts'

/** Writes down what was judged and how far that goes; the fold, which is ten times as much, stays behind. */
export const saveFew: SaveFew = (judgement, growth, news, day) => {
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
    answer: saveAnswer(judgement, day.rules, day.claims.isTaken),
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
