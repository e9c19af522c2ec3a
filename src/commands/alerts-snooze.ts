import { createCalendar } from '../core/calendar.ts'
import { troubleText } from '../core/answers/check-text.ts'
import { parseDuration } from '../core/duration-text.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { untilText } from '../formats/until-text.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import { alertSettings } from './alerts-settings.ts'
import { type Invocation, UsageError } from './command.ts'
import { type Call, type JudgingSystem, callOf } from './desk.ts'
import { beginSnooze, endSnooze } from './snooze.ts'
import { troubleOf } from './trouble.ts'

/** `alerts snooze SPAN`, `alerts snooze off`. Throws `UsageError`. */
export async function snoozeAlerts(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  const call = callOf(invocation, system)
  const [, span = ''] = invocation.arguments
  const milliseconds = span === 'off' ? null : spanOf(span)
  try {
    if (milliseconds === null) {
      const wasSnoozed = endSnooze(call.place, system)
      return success(wasSnoozed ? 'Alerts disturb you again.\n' : 'Alerts were not snoozed.\n')
    }
    const calendar = await calendarOf(call, system)
    const until = beginSnooze(call.place, milliseconds, system)
    return success(`Alerts go on record and disturb nobody until ${untilText(until, calendar)}.\n`)
  } catch (error) {
    const stderr = reasonOf(error)
    if (stderr === null) throw error
    return { stdout: '', stderr, exitCode: EXIT.notSaved }
  }
}

function spanOf(text: string): number {
  const span = parseDuration(text)
  if (span !== null) return span
  const problem = text === '' ? 'needs to know for how long' : 'takes a span of time up to 31 days'
  throw new UsageError(`alerts snooze ${problem}: write it like 30m, 1h or 2d, or off`)
}

async function calendarOf(call: Call, system: JudgingSystem) {
  const { timezone } = await alertSettings(call, system)
  return createCalendar(timezone === 'local' ? system.environment.zone() : timezone)
}

function reasonOf(error: unknown): string | null {
  if (error instanceof Unreadable) return troubleText([troubleOf(error)])
  return error instanceof NotSaved ? `ai-costs: ${safeText(error.message)}\n` : null
}
