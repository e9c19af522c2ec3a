import { join } from 'node:path'
import { type HookTroubles, hookTroublesOf } from '../core/hook-troubles.ts'
import { stopsOf, stopsText } from '../core/stops.ts'
import type { Calendar } from '../core/calendar.ts'
import { Unreadable } from '../system/file-system.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { readStops } from './stops-file.ts'

/** Bytes of the log that are read, from its end: hundreds of lines. */
const MOST_BYTES = 64 << 10

type Where = Pick<LedgerPlace, 'directory'>

/** What hooks have to say about the day of an instant, as sentences: turns that were stopped, trouble of our own. */
export function hookNotes(
  place: Where,
  calendar: Calendar,
  asOf: number,
  system: Pick<System, 'files'>,
): readonly string[] {
  const troubles = hookTroubles(place, calendar, asOf, system)
  return [
    ...stopsNote(place, calendar, asOf, system),
    ...(troubles === null ? [] : [troublesText(troubles, calendar)]),
  ]
}

/** What hooks could not do on the day of an instant, because of us; null when all went well. */
export function hookTroubles(
  { directory }: Where,
  calendar: Calendar,
  asOf: number,
  { files }: Pick<System, 'files'>,
): HookTroubles | null {
  const { start, end } = calendar.periodAt('daily', asOf)
  const text = readable(() => files.readEnd(join(directory, 'errors.log'), MOST_BYTES)) ?? ''
  return text === '' ? null : hookTroublesOf(text, start, Math.min(end, asOf + 1))
}

/** `hooks had trouble today, last at 14:02: …`. */
export function troublesText({ count, last, message }: HookTroubles, calendar: Calendar): string {
  const others = count === 1 ? '' : ` (and ${count - 1} more in errors.log)`
  return `hooks had trouble today, last at ${calendar.clock(last)}: ${message}${others}`
}

function stopsNote(
  place: Where,
  calendar: Calendar,
  asOf: number,
  system: Pick<System, 'files'>,
): readonly string[] {
  const text = readable(() => readStops(place, system)) ?? ''
  if (text === '') return []
  const { start, end } = calendar.periodAt('daily', asOf)
  const said = stopsText(stopsOf(text, start, Math.min(end, asOf + 1)))
  return said === null ? [] : [said]
}

/** A file of ours that cannot be read has nothing to say: it is no reason to keep the numbers back. */
function readable(read: () => string | undefined): string | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}
