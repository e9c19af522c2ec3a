import { type CheckRequest, answerCheck, answerTrouble } from '../core/answers/check.ts'
import type { Review } from '../core/answers/review.ts'
import { FAIL_ON } from '../core/answers/fail-on.ts'
import type { Judgement, Trouble } from '../core/judgement.ts'
import type { Result } from '../core/result.ts'
import { type Invocation, choiceOf, hasFlag, valueOf } from './command.ts'

/** The answer to a call, from what was judged. `budgets` are the ids of all budgets there are. */
export function answer(
  invocation: Invocation,
  judgement: Judgement,
  budgets: readonly string[],
  review: Review | null = null,
): Result {
  const request = requestOf(invocation)
  const unknown = unknownBudget(budgets, request)
  return unknown === null ? answerCheck(judgement, request, review) : answerTrouble([unknown], request)
}

/** The answer when nothing could be judged. */
export function answerWithTrouble(invocation: Invocation, troubles: readonly Trouble[]): Result {
  return answerTrouble(troubles, requestOf(invocation))
}

function requestOf(invocation: Invocation): CheckRequest {
  return {
    json: hasFlag(invocation, 'json'),
    quiet: hasFlag(invocation, 'quiet'),
    budget: valueOf(invocation, 'budget'),
    project: valueOf(invocation, 'project'),
    session: valueOf(invocation, 'session'),
    failOn: choiceOf(invocation, 'fail-on', FAIL_ON, 'warning'),
    strict: hasFlag(invocation, 'strict'),
    requireData: hasFlag(invocation, 'require-data'),
  }
}

/** A misspelt `--budget` must not read as "nothing is over". */
function unknownBudget(ids: readonly string[], { budget }: CheckRequest): Trouble | null {
  if (budget === null || ids.includes(budget)) return null
  const fix = ids.length === 0 ? 'set one in cost-limits.yaml' : `use one of ${ids.join(', ')}`
  return { file: null, line: null, column: null, message: `there is no budget "${budget}"`, fix }
}
