import type { Judgement } from '../core/judgement.ts'
import type { Result } from '../core/result.ts'
import * as check from './check-question.ts'
import type { Grammar, Invocation } from './command.ts'

/** A command that needs nothing but what a judgement holds. */
export interface HotCommand {
  readonly grammar: Grammar
  /** `budgets` are the ids of all budgets there are. */
  readonly answer: (invocation: Invocation, judgement: Judgement, budgets: readonly string[]) => Result
}

/** The commands that are answered from the cache: one line for each. */
export const HOT_COMMANDS: readonly HotCommand[] = [check]
