import type { Action } from '../budget.ts'
import { durationText } from '../duration.ts'
import type { Allow } from '../override.ts'
import type { Verdict } from '../verdict.ts'
import { canAsk } from './hook-answer.ts'
import { pressureText } from './route-reason.ts'

/** More budgets than these in one sentence are not read. */
const MOST_NAMED = 3

/** How budgets stand: `daily is at 97% ($9.70 of $10.00), resets in 9h30m`. */
export function standingText(verdicts: readonly Verdict[], asOf: number): string {
  const named = verdicts.slice(0, MOST_NAMED).map((verdict) => {
    const { period, lowerBound } = verdict
    const end =
      period === null ? 'a new session begins at zero' : `resets in ${durationText(period.end - asOf)}`
    return `${pressureText({ verdict, isAtLeast: lowerBound })}, ${end}`
  })
  const others = verdicts.length - named.length
  return [...named, ...(others > 0 ? [`and ${others} more`] : [])].join('; ')
}

/** What a session that begins has to expect, to go on after how things stand. */
export function outlookText(action: Action, agent: string): string {
  if (action === 'block') return ': prompts and tools are blocked'
  return action === 'pause' && canAsk(agent) ? ': each tool asks first' : ''
}

/** For how long it may go on all the same, to go on after how things stand. */
export function allowedText({ until, why }: Allow, asOf: number): string {
  return `: allowed for another ${durationText(until - asOf)}${why === null ? '' : ` (${why})`}`
}
