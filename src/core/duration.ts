const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A span of milliseconds in at most six columns: `<1m`, `14m`, `1h12m`, `3d4h`, `120d`. Negative reads as none. */
export function durationText(milliseconds: number): string {
  if (!(milliseconds >= MINUTE)) return '<1m'
  if (milliseconds >= 100 * DAY) return `${Math.min(99_999, Math.floor(milliseconds / DAY))}d`
  if (milliseconds >= DAY) return withRest(milliseconds, DAY, 'd', HOUR, 'h')
  if (milliseconds >= HOUR) return withRest(milliseconds, HOUR, 'h', MINUTE, 'm')
  return `${Math.floor(milliseconds / MINUTE)}m`
}

function withRest(milliseconds: number, large: number, largeName: string, small: number, smallName: string) {
  const rest = Math.floor((milliseconds % large) / small)
  return `${Math.floor(milliseconds / large)}${largeName}${rest === 0 ? '' : `${rest}${smallName}`}`
}
