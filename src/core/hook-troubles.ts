import { parseTimestamp } from './timestamp.ts'

/** What hooks could not do, because of us. */
export interface HookTroubles {
  /** How many different ones are on record; what repeats is written down once an hour. */
  readonly count: number
  /** Epoch milliseconds of the latest. */
  readonly last: number
  readonly message: string
}

/** What the text of `errors.log` tells from an instant on and before another; null when there is nothing. */
export function hookTroublesOf(text: string, from: number, to: number): HookTroubles | null {
  const told = text.split('\n').flatMap((line) => troubleOf(line) ?? [])
  const within = told.filter(({ timestamp }) => timestamp >= from && timestamp < to)
  const latest = within.at(-1)
  if (latest === undefined) return null
  const count = new Set(within.map(({ message }) => message)).size
  return { count, last: latest.timestamp, message: latest.message }
}

/** A line of `errors.log`: the instant, a space, and what happened. */
export function troubleOf(line: string): { readonly timestamp: number; readonly message: string } | null {
  const end = line.indexOf(' ')
  const timestamp = end < 0 ? null : parseTimestamp(line.slice(0, end))
  return timestamp === null ? null : { timestamp, message: line.slice(end + 1) }
}
