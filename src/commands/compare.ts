import type { Result } from '../core/result.ts'
import { type Compared, comparisonOf } from '../reports/compare.ts'
import { type AskingSystem, askQuestion } from './ask-question.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError } from './command.ts'
import { FILTER_OPTIONS } from './filter-options.ts'
import { PRINT_OPTIONS } from './print-report.ts'
import { SPAN_OPTIONS, spanOf } from './span-options.ts'

export const grammar: Grammar = {
  name: 'compare',
  summary: 'models or tools side by side, for each type of task: cost of a session, tokens, cache hits',
  arguments: [
    {
      name: '[WHAT]',
      summary: 'models or tools; default: models, of this month',
      words: ['models', 'tools'],
    },
  ],
  options: { ...SPAN_OPTIONS, ...FILTER_OPTIONS, ...PRINT_OPTIONS, ...COMMON_OPTIONS },
  examples: [
    'ai-costs compare',
    'ai-costs compare tools --since 2025-12-01',
    'ai-costs compare models --task-type bugfix --all --json',
  ],
}

const COMPARED: ReadonlyMap<string, Compared> = new Map([
  ['models', 'model'],
  ['tools', 'tool'],
])

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: AskingSystem): Promise<Result> {
  const [what = 'models'] = invocation.arguments
  const label = COMPARED.get(what)
  if (label === undefined) {
    throw new UsageError(`"${what}" cannot be compared: ask for ${[...COMPARED.keys()].join(' or ')}`)
  }
  const question = comparisonOf(label)
  return askQuestion(
    {
      name: `compare-${what}`,
      question,
      keeping: { save: false, rollup: false },
      spanOf: (calendar, today) => spanOf(invocation, calendar, today, question.period),
    },
    invocation,
    system,
  )
}
