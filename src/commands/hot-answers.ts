import type { Judgement } from '../core/judgement.ts'
import type { Result } from '../core/result.ts'
import { answer } from './check-question.ts'
import type { Invocation } from './command.ts'

/** What a hot command makes of a judgement; `budgets` are the ids of all budgets. */
export type HotAnswer = (invocation: Invocation, judgement: Judgement, budgets: readonly string[]) => Result

/** By the name of the command. */
export const HOT_ANSWERS: Readonly<Record<string, HotAnswer>> = { check: answer }
