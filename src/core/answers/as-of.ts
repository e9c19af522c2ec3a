import { formatInstant } from '../timestamp.ts'

/** The minute that an answer is about: all of its text that changes while nothing is new. */
export function asOfText(asOf: number): string {
  return `as of ${formatInstant(asOf).slice(0, 'yyyy-mm-ddThh:mm'.length)}Z`
}
