import type { Judgement } from '../core/judgement.ts'
import type { PatternEngine } from '../core/pattern.ts'
import type { Result } from '../core/result.ts'
import { HandOver, handOver } from './hand-over.ts'
import type { HotSystem } from './hot-command.ts'
import { FEW, type FewLimits, type SaveFew } from './judge-few.ts'
import { type JudgeNews, judgeFromCache } from './judge-from-cache.ts'
import type { OpenCache } from './open-cache.ts'
import type { Extent } from './open-day.ts'

/** What an answer can stand on. */
export interface HotGround {
  readonly cache: OpenCache
  readonly system: HotSystem
  /** Of some sessions, by id, or of all. Throws `HandOver` where the cache is not enough. */
  readonly judgement: (sessions: Extent['sessions']) => Judgement
  /** Loaded when it is asked for. */
  readonly engine: () => PatternEngine
}

/** What is loaded when it is needed, and the limits to which that is not. */
export interface AnsweringMeans {
  readonly judgeNews: JudgeNews
  readonly engine: () => PatternEngine
  readonly saveFew: SaveFew
  readonly few?: FewLimits
}

/** The answer of a hot command from all that the cache holds; null when that is not enough. Throws `UsageError`. */
export type AnswerFromCache<Question> = (
  question: Question,
  cache: OpenCache,
  system: HotSystem,
  means: AnsweringMeans,
) => Result | null

/** `answer` throws `HandOver` where the cache is not enough. */
export function answeringFromCache<Question>(
  answer: (question: Question, ground: HotGround) => Result,
): AnswerFromCache<Question> {
  return (question, cache, system, { judgeNews, engine, saveFew, few = FEW }) => {
    const judgement = (sessions: Extent['sessions']) =>
      judgeFromCache(cache, judgeNews, { ...few, sessions, saveFew }) ?? handOver()
    try {
      return answer(question, { cache, system, judgement, engine })
    } catch (error) {
      if (error instanceof HandOver) return null
      throw error
    }
  }
}
