import { dueClaims } from '../core/due-claims.ts'
import type { Judgement } from '../core/judgement.ts'
import { changesAnswers } from '../core/override.ts'
import { runawayOf } from '../core/runaway.ts'
import { restoreMarks } from '../core/saved-ledger.ts'
import type { HotGround } from './answer-from-cache.ts'
import { handOver } from './hand-over.ts'
import type { Extent } from './open-day.ts'

/**
 * A judgement whose alerts were raised, all of them: to raise one takes the whole program. Sessions that were not asked
 * for stand as they did when the cache was written, unless an override is in force. Throws `HandOver`.
 */
export function withAlertsRaised(sessions: Extent['sessions'], { cache, judgement }: HotGround): Judgement {
  const { saved, settings, claims, names } = cache
  const isWhole = saved.answer === null || changesAnswers(names.overrides)
  const judged = judgement(isWhole ? 'all' : sessions)
  // Which session runs away shows only beside all others.
  const whole = runawayOf(judged.snapshot) === null ? judged : judgement('all')
  // What is still to be raised without an override is no matter while one is in force.
  const ofOthers = isWhole ? [] : (saved.answer?.unclaimed ?? [])
  const due = [...ofOthers, ...dueClaims(whole, restoreMarks(settings))]
  return due.every(claims.isTaken) ? judged : handOver()
}
