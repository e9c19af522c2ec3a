import type { Result } from '../core/result.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, JSON_OPTION, UsageError } from './command.ts'
import type { JudgingSystem } from './desk.ts'
import { endOverrides } from './overrides-end.ts'
import { listOverrides } from './overrides-list.ts'
import { raiseLimit } from './raise-limit.ts'
import { UNTIL_OPTIONS } from './until-option.ts'
import { refuseOtherOptions } from './verb-options.ts'

export const grammar: Grammar = {
  name: 'raise',
  summary: 'raise a limit for a while, on record',
  arguments: [
    { name: '[BUDGET]', summary: 'e.g. daily or opus/daily; or list, or end', words: ['list', 'end'] },
    { name: '[AMOUNT]', summary: 'what is added to its limit: +5; end: the one to end; default: all' },
  ],
  options: {
    ...UNTIL_OPTIONS,
    why: { kind: 'value', placeholder: 'TEXT', isVerbatim: true, summary: 'a few words for the record' },
    ...JSON_OPTION,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs raise daily +5 --until tonight --why "the release must go out"',
    'ai-costs raise weekly +20',
    'ai-costs raise end daily',
  ],
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  // The id of no budget reads like a verb: it is a kind, or has a slash.
  const [word, name] = invocation.arguments
  switch (word) {
    case undefined:
      throw new UsageError('which limit, and by how much? write it like: ai-costs raise daily +5')
    case 'list':
      refuseOtherOptions(invocation, 'raise list', ['json', 'now'])
      if (name !== undefined) throw new UsageError(`raise list takes no ${name}: leave it out`)
      return listOverrides('raise', invocation, system)
    case 'end':
      refuseOtherOptions(invocation, 'raise end', [])
      return endOverrides('raise', name, invocation, system)
    default:
      refuseOtherOptions(invocation, 'raise', ['during', 'until', 'why', 'json'])
      return raiseLimit(word, name, invocation, system)
  }
}
