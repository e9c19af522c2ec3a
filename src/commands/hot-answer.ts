import type { Result } from '../core/result.ts'
import type { answerFromCache } from './answer-from-cache.ts'
import { HOT_COMMANDS } from './hot-commands.ts'
import type { judgeNews } from './judge-news.ts'
import { type CachedSystem, openCache } from './open-cache.ts'
import { parseQuickly } from './parse.ts'

/** What is loaded when the head of the cache is not enough. */
export interface Further {
  /** What answers any question from the cache. */
  readonly answers: () => { readonly answerFromCache: typeof answerFromCache }
  /** What reads new lines. */
  readonly news: () => { readonly judgeNews: typeof judgeNews }
}

/**
 * Answers a call from the cache alone. Null whenever that is not enough, for whatever reason: then the whole program
 * answers, and what it says is the same. Throws `UsageError`.
 */
export function hotAnswer(words: readonly string[], system: CachedSystem, further: Further): Result | null {
  const [name = '', ...rest] = words
  const command = HOT_COMMANDS.find(({ grammar }) => grammar.name === name)
  const invocation = command === undefined ? null : parseQuickly(command.grammar, rest)
  if (command === undefined || invocation === null) return null
  const cache = openCache(invocation, system)
  if (cache === null) return null
  const { saved, growth, asOf } = cache
  const isKnown = growth.kind === 'none' && saved.answer !== null
  const known = isKnown ? command.recall(invocation, saved.answer, asOf) : null
  if (known !== null) return known
  return further.answers().answerFromCache(name, invocation, cache, (day) => further.news().judgeNews(day))
}
