import type { Calendar } from '../core/calendar.ts'
import { LONGEST_DURATION, parseDuration } from '../core/duration-text.ts'
import { parseUntil } from '../core/until-text.ts'
import { type Invocation, type OptionSpec, UsageError, valueOf } from './command.ts'

/** How long an override lasts. */
export const UNTIL_OPTIONS = {
  during: { kind: 'value', placeholder: 'TIME', summary: 'for so long: 30m, 2h, 1d' },
  until: {
    kind: 'value',
    placeholder: 'WHEN',
    summary: 'until then: tonight, 18:00 or 2025-12-15T18:00:00Z',
  },
} as const satisfies Record<string, OptionSpec>

/**
 * When what is asked for is over, in epoch milliseconds: after `now`, and within 31 days; null when nothing was said.
 * Throws `UsageError`.
 */
export function untilOf(invocation: Invocation, calendar: Calendar, now: number): number | null {
  const [during, until] = [valueOf(invocation, 'during'), valueOf(invocation, 'until')]
  if (during !== null && until !== null)
    throw new UsageError('--during and --until say two things: use one of them')
  if (during !== null) return now + durationOf(during)
  return until === null ? null : instantOf(until, calendar, now)
}

function durationOf(text: string): number {
  const duration = parseDuration(text)
  if (duration !== null) return duration
  throw new UsageError('--during is no span of time up to 31 days: write it like 30m, 2h or 1d')
}

function instantOf(text: string, calendar: Calendar, now: number): number {
  const instant = parseUntil(text, calendar, now)
  if (instant === null) {
    throw new UsageError('--until is no instant: write tonight, 18:00 or 2025-12-15T18:00:00Z')
  }
  if (instant <= now) throw new UsageError('--until is over already: name an instant to come')
  if (instant - now > LONGEST_DURATION)
    throw new UsageError('--until is more than 31 days away: name an earlier one')
  return instant
}
