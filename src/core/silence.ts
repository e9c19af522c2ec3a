import type { Silence } from './alert-log.ts'

/** Minutes after local midnight, `from` included and `to` not; `from > to` goes past midnight. */
export interface DailyHours {
  readonly from: number
  readonly to: number
}

/** Why alerts disturb nobody at an instant; null when they do. `clock` is the time of day there, as `22:05`. */
export function silenceAt(
  snoozedUntil: number | null,
  hours: DailyHours | null,
  clock: string,
): Silence | null {
  if (snoozedUntil !== null) return 'snoozed'
  return hours !== null && isWithin(hours, minuteOf(clock)) ? 'quiet' : null
}

function isWithin({ from, to }: DailyHours, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
