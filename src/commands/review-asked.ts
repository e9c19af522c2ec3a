import { type Guardian, DEFAULT_GUARDIAN } from '../core/guardian.ts'
import { parseMoney } from '../core/money.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'

/** A session to look through, and what to look for. */
export interface AskedReview {
  readonly sessionId: string
  readonly guardian: Guardian
}

/** Whether a call takes the records of a session, or is wrong about that. */
export function mayAskForReview(invocation: Invocation, hasGuardian: boolean): boolean {
  const isTyped = OPTIONS.some((name) => hasFlag(invocation, name))
  return isTyped || (hasGuardian && valueOf(invocation, 'session') !== null)
}

/** What a call asks for under the settings' `guardian:`; null when it asks for no review. Throws `UsageError`. */
export function askedReview(invocation: Invocation, guardian: Guardian | null): AskedReview | null {
  if (!mayAskForReview(invocation, guardian !== null)) return null
  const sessionId = valueOf(invocation, 'session')
  if (sessionId === null) {
    const typed = OPTIONS.filter((name) => hasFlag(invocation, name)).map((name) => `--${name}`)
    throw new UsageError(`${typed.join(' and ')} looks through one session: add --session ID`)
  }
  const base = guardian ?? DEFAULT_GUARDIAN
  const warnOver = warnOverOf(invocation)
  return {
    sessionId,
    guardian: {
      ...base,
      warnOver: warnOver ?? base.warnOver,
      warnsOfOverkill: base.warnsOfOverkill || hasFlag(invocation, 'overkill'),
    },
  }
}

const OPTIONS = ['warn-over', 'overkill'] as const

function warnOverOf(invocation: Invocation): Guardian['warnOver'] {
  const typed = valueOf(invocation, 'warn-over')
  if (typed === null) return null
  const dollars = parseMoney(typed)
  if (dollars === null || dollars < 0n) {
    throw new UsageError('--warn-over must be an amount of dollars of 0 or more, such as 2.00')
  }
  return dollars
}
