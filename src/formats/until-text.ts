import type { Calendar } from '../core/calendar.ts'
import { safeText } from '../core/safe-text.ts'

/** When something is over, as the clocks of a zone show it: `18:00 on Mon 15 Dec (Europe/Berlin)`. */
export function untilText(
  until: number,
  { clock, date, zone }: Pick<Calendar, 'clock' | 'date' | 'zone'>,
): string {
  return `${clock(until)} on ${date(until)} (${safeText(zone)})`
}
