import type { AlertCause, Crossing } from './alert.ts'
import { shareText } from './decision.ts'
import { displayMoney, percentOf } from './money.ts'
import { safeText } from './safe-text.ts'

/** A name is there to be recognised, and whoever wrote it may have written a book. */
const LONGEST_NAME = 60

/**
 * What an alert says, as one harmless line that begins with a word of ours: what reads it next may take a dash for an
 * option.
 */
export function alertText(cause: AlertCause): string {
  return cause.kind === 'runaway' ? brief(cause.message, LONGEST_MESSAGE) : crossingText(cause)
}

const LONGEST_MESSAGE = 200

function crossingText({ kind, verdict, share, level }: Crossing): string {
  const { budget, spent, exceeded, lowerBound } = verdict
  const percent = percentOf(spent, budget.limit)
  const amount = `${lowerBound ? 'at least ' : ''}${displayMoney(spent)} of ${displayMoney(budget.limit)}`
  const standing = exceeded
    ? 'is over its limit'
    : kind === 'mark'
      ? `has reached ${shareText(share)}`
      : level === 'critical'
        ? 'is critical'
        : 'has reached its warning threshold'
  return `${subjectOf(verdict)} ${standing}: ${amount}${percent === null ? '' : ` (${percent}%)`}`
}

/** A session is what can be stopped, so it comes before the budget that it uses up. */
function subjectOf({ budget, sessionId }: Crossing['verdict']): string {
  const name = brief(budget.id, LONGEST_NAME)
  return sessionId === null ? `Budget ${name}` : `Session ${brief(sessionId, LONGEST_NAME)} (budget ${name})`
}

function brief(text: string, longest: number): string {
  const safe = safeText(text)
  return safe.length <= longest ? safe : `${safe.slice(0, longest - 1)}…`
}
