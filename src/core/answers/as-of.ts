import { formatInstant } from '../timestamp.ts'

/** The minute that an answer is about: all of its text that changes while nothing is new. */
export function asOfText(asOf: number): string {
  return `as of ${minuteText(asOf)}`
}

/** An instant to the minute, in UTC: an answer from the cache knows no other zone. */
export function minuteText(instant: number): string {
  return `${formatInstant(instant).slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`
}
