import type { Result } from '../core/result.ts'
import type { Invocation } from './command.ts'
import { HOT_ANSWERS } from './hot-answers.ts'
import type { FewLimits } from './judge-few.ts'
import { type JudgeNews, judgeFromCache } from './judge-from-cache.ts'
import type { OpenCache } from './open-cache.ts'

/** The answer of a hot command from all that the cache holds; null when that is not enough. */
export function answerFromCache(
  command: string,
  invocation: Invocation,
  cache: OpenCache,
  judgeNews: JudgeNews,
  few?: FewLimits,
): Result | null {
  const answer = HOT_ANSWERS[command]
  const judgement = judgeFromCache(cache, judgeNews, few)
  if (answer === undefined || judgement === null) return null
  return answer(
    invocation,
    judgement,
    cache.settings.budgets.map(({ id }) => id),
  )
}
