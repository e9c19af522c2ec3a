import { FAIL_ON, type CheckRequest, answerCheck, answerTrouble } from '../core/answers/check.ts'
import { EXIT, type Result } from '../core/result.ts'
import type { Judgement, Trouble } from '../core/judgement.ts'
import type { Accounts } from './accounts.ts'
import {
  type Grammar,
  COMMON_OPTIONS,
  type Invocation,
  JSON_OPTION,
  choiceOf,
  hasFlag,
  valueOf,
} from './command.ts'
import { type JudgingSystem, callOf, judgeOnce } from './desk.ts'

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

export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  const request = requestOf(invocation)
  const trouble = (troubles: readonly Trouble[]): Result => answerTrouble(troubles, request)
  const answer = (judgement: Judgement, accounts: Accounts): Result => {
    const unknown = unknownBudget(accounts, request)
    return unknown === null ? answerCheck(judgement, request) : trouble([unknown])
  }
  return judgeOnce(callOf(invocation, system), system, answer, trouble)
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
function unknownBudget(accounts: Accounts, { budget }: CheckRequest): Trouble | null {
  const ids = accounts.settings.budgets.map(({ id }) => id)
  if (budget === null || ids.includes(budget)) return null
  const fix = ids.length === 0 ? 'set one in cost-limits.yaml' : `use one of ${ids.join(', ')}`
  return { file: null, line: null, column: null, message: `there is no budget "${budget}"`, fix }
}
