import type { RouteCall, RouteJudgement } from '../core/answers/route.ts'
import { changesAnswers } from '../core/override.ts'
import { restoreRouting, savedRouting } from '../core/saved-routing.ts'
import { appendLines } from '../system/ledger-append.ts'
import { type HotGround, answeringFromCache } from './answer-from-cache.ts'
import type { Invocation } from './command.ts'
import { handOver } from './hand-over.ts'
import { type KeptStep, keptStep, routeAnswer } from './route-answer.ts'
import { routeCall, typedPrompt } from './route-question.ts'

export const answerFromCache = answeringFromCache<Invocation>((invocation, ground) => {
  const { cache, engine } = ground
  const { place } = cache
  const system = { ...ground.system, ledger: { append: appendLines } }
  const asked = routeCall(invocation)
  const prompt = typedPrompt(invocation, system.standardInput) ?? handOver()
  const saved = savedRouting(cache.saved, cache.files.read('routing')) ?? handOver()
  const routing = restoreRouting(saved, handOver)
  const kept = keptStep(asked, place, system)
  const judgement = routeJudgement(asked, kept, ground)
  const question = { asked, prompt, judgement, routing, kept, place, isAskedOnly: false }
  const quick = routeAnswer(question, null, system)
  if (quick !== 'engine-needed') return quick
  const answer = routeAnswer(question, engine(), system)
  return answer === 'engine-needed' ? handOver() : answer
})

/** Below every step nobody asks how far below, unless it is to be explained. */
function routeJudgement(
  { session, json, explain }: RouteCall,
  { at }: KeptStep,
  { cache: { saved, growth, asOf, names }, judgement }: HotGround,
): RouteJudgement {
  const isSame = growth.kind === 'none' && saved.answer !== null && !changesAnswers(names.overrides)
  if (isSame && saved.answer.isBelowSteps && at === null && !json && !explain) {
    return { verdicts: [], snapshot: { asOf, sessions: [] } }
  }
  return judgement(session === null ? [] : [session])
}
