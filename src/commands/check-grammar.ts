import { FAIL_ON } from '../core/answers/fail-on.ts'
import { EXIT, type Result } from '../core/result.ts'
import { type SavedAnswer, recallAnswer } from '../core/saved-answer.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION } from './command.ts'

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
    'warn-over': {
      kind: 'value',
      placeholder: 'USD',
      summary: 'with --session: exit 1 and advise when the session cost more',
    },
    overkill: {
      kind: 'flag',
      summary: 'with --session: exit 1 and advise when a smaller model would have done',
    },
    'fail-on': { kind: 'value', placeholder: 'LEVEL', summary: 'exit 0 below this level', choices: FAIL_ON },
    strict: { kind: 'flag', summary: 'exit 3 when anything could not be read, priced or dated' },
    'require-data': { kind: 'flag', summary: 'exit 3 when there is no cost data' },
    ...COMMON_OPTIONS,
  },
  examples: ['ai-costs check --quiet || echo "over budget"', 'ai-costs check --json | jq .level'],
  usageExit: EXIT.cannotTell,
}

/** Options that say where to look, and nothing else. */
const PLACES = new Set(['dir', 'config'])

/** The answer from what was answered without any option; null where the options ask for another one. */
export function recall({ options }: Invocation, saved: SavedAnswer, asOf: number): Result | null {
  const asked = Object.keys(options).filter((name) => !PLACES.has(name))
  if (asked.some((name) => name !== 'quiet')) return null
  const result = recallAnswer(saved, asOf)
  return asked.length === 0 ? result : { ...result, stdout: '', stderr: '' }
}
