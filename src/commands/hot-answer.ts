import { changesAnswers } from '../core/override.ts'
import type { PatternEngine } from '../core/pattern.ts'
import type { Result } from '../core/result.ts'
import type { AnswerFromCache } from './answer-from-cache.ts'
import type { LedgerGrowth } from '../system/ledger-growth.ts'
import type { HotCommand, HotSystem } from './hot-command.ts'
import type { SaveFew } from './judge-few.ts'
import type { judgeNews } from './judge-news.ts'
import { type OpenCache, type ReadOverrides, openCache } from './open-cache.ts'
import { parseQuickly } from './parse.ts'

/** What is loaded when the head of the cache is not enough. */
export interface Further<Question> {
  /** What answers from all of the cache, where it is known what became of the ledger. */
  readonly answers: (growth: LedgerGrowth['kind']) => Answers<Question>
  /** What reads new lines. */
  readonly news: () => { readonly judgeNews: typeof judgeNews }
  readonly extras: () => Extras
  /** What matches patterns that are more than words. */
  readonly engine: () => { readonly patternEngine: PatternEngine }
}

export interface Answers<Question> {
  readonly answerFromCache: AnswerFromCache<Question>
}

/** What is seldom needed. */
export interface Extras {
  /** Reads what holds besides the settings. */
  readonly overridesAt: ReadOverrides
  /** Writes down what was read, once that is worth it. */
  readonly saveFew: SaveFew
}

/**
 * Answers a call from the cache alone; `words` stand behind the command's name. Null whenever that is not enough, for
 * whatever reason: then the whole program answers, and what it says is the same. Throws `UsageError`.
 */
export function hotAnswer<Question>(
  command: HotCommand<Question>,
  words: readonly string[],
  system: HotSystem,
  further: Further<Question>,
): Result | null {
  const invocation = parseQuickly(command.grammar, words)
  const asked = invocation === null ? null : command.ask(invocation, system)
  if (invocation === null || asked === null) return null
  const there = { ...system, environment: asked.environment }
  const cache = openCache(invocation, there, (...about) => further.extras().overridesAt(...about))
  if (cache === null) return null
  return (
    recalled(command, asked.question, cache) ??
    further.answers(cache.growth.kind).answerFromCache(asked.question, cache, there, {
      judgeNews: (day) => further.news().judgeNews(day),
      saveFew: (...read) => further.extras().saveFew(...read),
      engine: () => further.engine().patternEngine,
    })
  )
}

/** What was said last, when nothing is new and no alert is still to be raised, which takes the whole program. */
function recalled<Question>(
  { recall }: HotCommand<Question>,
  question: Question,
  { saved: { answer }, growth, asOf, names, claims }: OpenCache,
): Result | null {
  const isSame = growth.kind === 'none' && answer !== null && !changesAnswers(names.overrides)
  return isSame && answer.unclaimed.every(claims.isTaken) ? recall(question, answer, asOf) : null
}
