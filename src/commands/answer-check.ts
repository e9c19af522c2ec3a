import { answeringFromCache } from './answer-from-cache.ts'
import { answer } from './check-question.ts'
import type { Invocation } from './command.ts'
import { handOver } from './hand-over.ts'
import { withAlertsRaised } from './raised-alerts.ts'
import { mayAskForReview } from './review-asked.ts'

export { overridesAt } from './overrides-file.ts'
export { saveFew } from './save-few.ts'

export const answerFromCache = answeringFromCache<Invocation>((invocation, ground) => {
  const { settings } = ground.cache
  // The records of a session are in no cache.
  if (mayAskForReview(invocation, settings.hasGuardian)) handOver()
  const budgets = settings.budgets.map(({ id }) => id)
  return answer(invocation, withAlertsRaised('all', ground), budgets)
})
