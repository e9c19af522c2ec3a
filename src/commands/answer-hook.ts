import { hookResult } from '../core/answers/hook-answer.ts'
import { logError } from '../system/error-log.ts'
import { answeringFromCache } from './answer-from-cache.ts'
import { directoryOf } from './command.ts'
import { answerHookEvent } from './hook-reply.ts'
import type { HookCall } from './hot-hook.ts'
import { withAlertsRaised } from './raised-alerts.ts'

export const answerFromCache = answeringFromCache<HookCall>(({ invocation, event }, ground) => {
  const { cache, system } = ground
  const { now } = system.clock
  const errors = (directory: string, error: unknown): void => logError(directory, error, now)
  const judgement = withAlertsRaised([event.sessionId], ground)
  const answer = answerHookEvent(event, judgement, cache.place, { ...system, errors })
  return hookResult(answer, event, directoryOf(invocation, 'dir'))
})
