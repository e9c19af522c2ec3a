import { FAIL_ON, type CheckRequest, answerCheck, answerTrouble } from '../core/answers/check.ts'
import type { Judgement, Trouble } from '../core/judgement.ts'
import { EXIT, type Result } from '../core/result.ts'
import {
  COMMON_OPTIONS,
  type Grammar,
  type Invocation,
  JSON_OPTION,
  choiceOf,
  hasFlag,
  valueOf,
} from './command.ts'

export const grammar: Grammar = {
  name: 'check',
  summary: 'judge the budgets now, for scripts: 0 ok, 1 warning, 2 critical, 3 cannot tell',
  arguments: [],
  options: {
    quiet: { kind: 'flag', summary: 'print nothing, answer by exit code' },
    ...JSON_OPTION,
    budget: { kind: 'value', placeholder: 'ID', summary: 'judge this budget only, e.g. daily or opus/daily' },
    project: { kind: 'value', placeholder: 'NAME', summary: 'leave out what is about other projects' },
    session: { kind: 'value', placeholder: 'ID', summary: 'leave out what is about other sessions' },
    'fail-on': { kind: 'value', placeholder: 'LEVEL', summary: 'exit 0 below this level', choices: FAIL_ON },
    strict: { kind: 'flag', summary: 'exit 3 when anything could not be read, priced or dated' },
    'require-data': { kind: 'flag', summary: 'exit 3 when there is no cost data' },
    ...COMMON_OPTIONS,
  },
  examples: ['ai-costs check --quiet || echo "over budget"', 'ai-costs check --json | jq .level'],
  usageExit: EXIT.cannotTell,
}

/** The answer to a call, from what was judged. `budgets` are the ids of all budgets there are. */
export function answer(invocation: Invocation, judgement: Judgement, budgets: readonly string[]): Result {
  const request = requestOf(invocation)
  const unknown = unknownBudget(budgets, request)
  return unknown === null ? answerCheck(judgement, request) : answerTrouble([unknown], request)
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
