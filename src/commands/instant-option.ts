import { parseTimestamp } from '../core/timestamp.ts'
import { type Clock, frozenClock } from '../system/clock.ts'
import { type Invocation, UsageError, valueOf } from './command.ts'

/** The clock of a call: `--now` makes it stand still. Throws `UsageError`. */
export function clockOf(
  invocation: Invocation,
  clock: Clock,
): { readonly clock: Clock; readonly frozen: boolean } {
  const text = valueOf(invocation, 'now')
  if (text === null) return { clock, frozen: false }
  const now = parseTimestamp(text)
  if (now === null) throw new UsageError(`--now is no instant: write it like 2025-12-15T14:30:00Z`)
  return { clock: frozenClock(now), frozen: true }
}
