import { asOfText } from './answers/as-of.ts'
import type { Result } from './result.ts'

/** The answer to `check` without any option: as long as nothing is new, only the clock in it goes on. */
export interface SavedAnswer {
  /** Standard output before and after the minute that it is about. */
  readonly before: string
  readonly after: string
  readonly stderr: string
  readonly exitCode: number
}

/** The same answer at a later instant of the same day. */
export function recallAnswer({ before, after, stderr, exitCode }: SavedAnswer, asOf: number): Result {
  return { stdout: `${before}${asOfText(asOf)}${after}`, stderr, exitCode }
}
