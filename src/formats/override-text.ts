import { displayMoney } from '../core/money.ts'
import type { Allow, Raise, Snooze } from '../core/override.ts'
import type { PastOverride } from '../core/override-history.ts'
import { safeText } from '../core/safe-text.ts'
import { formatInstant } from '../core/timestamp.ts'

/** An override as a line or two: what, since when, until when, what became of it, and why. */
export function overrideText({ override, state }: PastOverride): string {
  const { id, timestamp, until } = override
  const why = override.kind === 'snooze' ? null : override.why
  const lines = [
    `${formatInstant(timestamp)}  ${id}  ${subjectText(override)} until ${formatInstant(until)}, ${state}`,
    ...(why === null ? [] : [`  ${why}`]),
  ]
  return lines.map((line) => `${safeText(line)}\n`).join('')
}

/** What is overridden: `daily +$5.00`, `session 3f9c1d77`. */
export function subjectText(override: Allow | Raise | Snooze): string {
  switch (override.kind) {
    case 'allow':
      return override.sessionId === null ? 'every session' : `session ${override.sessionId}`
    case 'raise':
      return `${override.budget} +${displayMoney(override.by)}`
    case 'snooze':
      return 'alerts'
  }
}
