import { CREDIT_KINDS } from '../core/credit.ts'
import type { Result } from '../core/result.ts'
import type { AskingSystem } from './ask-question.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError } from './command.ts'
import { recordCredit } from './credits-record.ts'
import { showCredits } from './credits-show.ts'
import { PRINT_OPTIONS } from './print-report.ts'
import { refuseOtherOptions } from './verb-options.ts'

export const grammar: Grammar = {
  name: 'credits',
  summary: 'what is left of prepaid API credits, how they went down and until when they last',
  arguments: [
    {
      name: '[VERB]',
      summary: 'show (default), set the balance, or add a top-up to it',
      words: ['show', 'set', 'add'],
    },
    { name: '[AMOUNT]', summary: 'set, add: dollars, e.g. 876' },
  ],
  options: {
    on: {
      kind: 'value',
      placeholder: 'DAY',
      summary: 'set, add: from the beginning of this day; default: from now on',
    },
    model: {
      kind: 'value',
      placeholder: 'NAME',
      summary: 'set: only what these models cost comes off it, e.g. "claude-*"',
    },
    ...PRINT_OPTIONS,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs credits set 876',
    'ai-costs credits add 100 --on 2025-12-01',
    'ai-costs credits --json',
  ],
}

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: AskingSystem): Promise<Result> {
  const [verb = 'show', amount] = invocation.arguments
  if (verb === 'show') {
    refuseOtherOptions(invocation, 'credits show', [...Object.keys(PRINT_OPTIONS), 'now'])
    if (amount !== undefined) throw new UsageError(`credits show takes no ${amount}: leave it out`)
    return showCredits(invocation, system)
  }
  const kind = CREDIT_KINDS.find((one) => one === verb)
  if (kind === undefined) throw new UsageError(`there is no "credits ${verb}": use one of show, set, add`)
  refuseOtherOptions(invocation, `credits ${kind}`, kind === 'set' ? ['on', 'model', 'json'] : ['on', 'json'])
  return recordCredit(kind, invocation, system)
}
