import { asOfText } from './answers/as-of.ts'
import type { Result } from './result.ts'

/** What was said last: as long as nothing is new, it is said again. */
export interface SavedAnswer extends CheckWords {
  /** No budget that drives the router has reached a step, as far as anybody can tell. */
  readonly isBelowSteps: boolean
  /** Names of claims that were due and that nobody had taken: their alerts are still to be raised. */
  readonly unclaimed: readonly string[]
}

/** The answer to `check` without any option, in which only the clock goes on. */
export interface CheckWords {
  /** Standard output before and after the minute that it is about. */
  readonly before: string
  readonly after: string
  readonly stderr: string
  readonly exitCode: number
}

/** The same answer at a later instant of the same day. */
export function recallAnswer({ before, after, stderr, exitCode }: CheckWords, asOf: number): Result {
  return { stdout: `${before}${asOfText(asOf)}${after}`, stderr, exitCode }
}
