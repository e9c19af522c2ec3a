const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Whatever is set aside for a while comes back by itself, within a month at the latest. */
export const LONGEST_DURATION = 31 * DAY

/**
 * Milliseconds of a span as people type it: `30m`, `2h`, `1d`, or several of them as they are printed, `1h30m`. From
 * one minute to 31 days; null for anything else.
 */
export function parseDuration(text: string): number | null {
  const match = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?$/.exec(text.trim())
  if (match === null) return null
  const [, days = '0', hours = '0', minutes = '0'] = match
  const duration = Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE
  return duration > 0 && duration <= LONGEST_DURATION ? duration : null
}
