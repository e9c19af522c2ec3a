import type { Result } from '../core/result.ts'
import type { SavedAnswer } from '../core/saved-answer.ts'
import * as check from './check-grammar.ts'
import type { Grammar, Invocation } from './command.ts'

/** A command that needs nothing but what a judgement holds. */
export interface HotCommand {
  readonly grammar: Grammar
  /** What it answered when nothing was new since; null for another question. */
  readonly recall: (invocation: Invocation, saved: SavedAnswer, asOf: number) => Result | null
}

/** The commands that are answered from the cache: one line for each, here and in `hot-answers.ts`. */
export const HOT_COMMANDS: readonly HotCommand[] = [check]
