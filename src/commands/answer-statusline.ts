import { answerStatusline } from '../core/answers/statusline.ts'
import { isGlobal } from '../core/budget.ts'
import { answeringFromCache } from './answer-from-cache.ts'
import type { StatusCall } from './hot-statusline.ts'
import { withAlertsRaised } from './raised-alerts.ts'
import { statusGround } from './statusline-ground.ts'
import { statusQuestion } from './statusline-question.ts'

export const answerFromCache = answeringFromCache<StatusCall>(({ invocation, event }, ground) => {
  const { cache, system } = ground
  const question = statusQuestion(invocation, event, system.environment)
  const own = event?.sessionId ?? null
  const sessions = own === null ? [] : [own]
  // Without a budget for the day its spend is the sum of all sessions.
  const isDayKnown = cache.settings.budgets.some(({ kind, scope }) => kind === 'daily' && isGlobal({ scope }))
  const judgement = withAlertsRaised(isDayKnown ? sessions : 'all', ground)
  return answerStatusline(question, judgement, statusGround(cache.place, judgement, system))
})
