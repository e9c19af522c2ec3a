import { FEWEST_REQUESTS, MOST_CONTEXT, MOST_OUTPUT, type Overkill } from '../overkill.ts'
import type { Json } from '../json.ts'
import { displayMoney } from '../money.ts'
import { safeText } from '../safe-text.ts'
import type { SessionAdvice } from '../session-advice.ts'

/** What came of looking through a session. */
export type Review =
  | { readonly kind: 'reviewed'; readonly advice: SessionAdvice }
  /** The ledger has no record of it. */
  | { readonly kind: 'no-records'; readonly sessionId: string }

/** Whether it found something to warn of. */
export function warns(review: Review | null): boolean {
  return review?.kind === 'reviewed' && review.advice.message !== null
}

/** What is the matter, where no budget is. */
export function reviewHeadline({ cost, lowerBound, isOver, warnOver }: SessionAdvice): string {
  const spent = `this session ${lowerBound ? '≥ ' : ''}${displayMoney(cost)}`
  return isOver && warnOver !== null ? `${spent}, more than ${displayMoney(warnOver)}` : spent
}

/** The advice and what it stands on, one thing a line. */
export function reviewLines(review: Review): readonly string[] {
  if (review.kind === 'no-records') return []
  const { message, model, overkill, cheaper, isOver, warnOver } = review.advice
  if (message === null) return [`advice: none, ${reviewHeadline(review.advice)}`]
  const reasons = [
    isOver && warnOver !== null ? `more than the ${displayMoney(warnOver)} that a session may cost` : null,
    overkill === null ? null : `${model} was more than it took: ${overkillText(overkill)}`,
    cheaper === null
      ? null
      : `on ${cheaper.model} it would have cost ${displayMoney(cheaper.cost)}, ${displayMoney(cheaper.saved)} less`,
  ]
  return [`advice: ${message}`, ...reasons.flatMap((reason) => (reason === null ? [] : [`  ${reason}`]))].map(
    safeText,
  )
}

/** What there is to say when there is no such session: it may be misspelt. */
export function reviewRemark(review: Review | null): string {
  if (review?.kind !== 'no-records') return ''
  const name = safeText(review.sessionId)
  return `ai-costs: there is no record of a session "${name}", so there is nothing to advise: ai-costs status lists those of today\n`
}

/** Null when there is no such session. */
export function reviewJson(review: Review): Json {
  if (review.kind === 'no-records') return null
  const { advice } = review
  const { overkill, cheaper } = advice
  return {
    session_id: advice.sessionId,
    cost_usd: advice.cost,
    lower_bound: advice.lowerBound,
    warn_over_usd: advice.warnOver,
    over: advice.isOver,
    model: advice.model,
    overkill: overkill === null ? null : overkillJson(overkill),
    cheaper_model:
      cheaper === null ? null : { model: cheaper.model, cost_usd: cheaper.cost, saved_usd: cheaper.saved },
    message: advice.message,
  }
}

function overkillText(overkill: Overkill): string {
  if (overkill.kind === 'rule') {
    return `the router sends ${overkill.taskTypes.join(', ')} to ${overkill.models.join(', ')}`
  }
  const { requests, output, context } = overkill
  return `of ${requests} requests nine in ten wrote at most ${output} tokens, and none took in more than ${context}`
}

function overkillJson(overkill: Overkill): Json {
  if (overkill.kind === 'rule') {
    return { kind: 'rule', task_types: overkill.taskTypes, models: overkill.models }
  }
  const { requests, output, context } = overkill
  return {
    kind: 'shape',
    requests,
    output_tokens: output,
    context_tokens: context,
    bounds: { requests: FEWEST_REQUESTS, output_tokens: MOST_OUTPUT, context_tokens: MOST_CONTEXT },
  }
}
