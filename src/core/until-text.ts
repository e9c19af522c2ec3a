import type { Calendar } from './calendar.ts'
import { parseTimestamp } from './timestamp.ts'

const MINUTE = 60_000
const TWO_DAYS = 2 * 24 * 60

/**
 * The instant that somebody means by `tonight` (the end of the calendar's day), `18:00` (when its clocks show that next)
 * or a timestamp; null for anything else. Epoch milliseconds.
 */
export function parseUntil(text: string, calendar: Calendar, now: number): number | null {
  const written = text.trim()
  if (written === 'tonight') return calendar.periodAt('daily', now).end
  return /^\d\d?:\d\d$/.test(written)
    ? nextOnClock(written.padStart(5, '0'), calendar, now)
    : parseTimestamp(written)
}

/** Minute by minute, because a night may leave an hour out or have it twice; null for what no clock ever shows. */
function nextOnClock(time: string, calendar: Calendar, now: number): number | null {
  const first = (Math.floor(now / MINUTE) + 1) * MINUTE
  for (let nth = 0; nth < TWO_DAYS; nth++) {
    const instant = first + nth * MINUTE
    if (calendar.clock(instant) === time) return instant
  }
  return null
}
