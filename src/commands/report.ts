import type { Result } from '../core/result.ts'
import * as questions from '../reports/index.ts'
import type { Question } from '../reports/question.ts'
import { type AskingSystem, askQuestion } from './ask-question.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError } from './command.ts'
import { FILTER_OPTIONS } from './filter-options.ts'
import { KEEP_OPTIONS, keepingOf } from './keep-report.ts'
import { PRINT_OPTIONS } from './print-report.ts'
import { SPAN_OPTIONS, spanOf } from './span-options.ts'

const QUESTIONS: ReadonlyMap<string, Question> = new Map(Object.entries(questions))
const NAMES = [...QUESTIONS.keys()].join(', ')

export const grammar: Grammar = {
  name: 'report',
  summary: 'what was spent on what, how that compares, and key metrics with their targets',
  arguments: [{ name: '[REPORT]', summary: `${NAMES}; default: daily`, words: [...QUESTIONS.keys()] }],
  options: { ...SPAN_OPTIONS, ...FILTER_OPTIONS, ...PRINT_OPTIONS, ...KEEP_OPTIONS, ...COMMON_OPTIONS },
  examples: [
    'ai-costs report --date yesterday --save',
    'ai-costs report weekly',
    'ai-costs report model --month 2025-12 --format html > models.html',
    'ai-costs report session --since 2025-12-01 --format csv --section sessions',
  ],
}

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: AskingSystem): Promise<Result> {
  const [name = 'daily'] = invocation.arguments
  const question = QUESTIONS.get(name)
  if (question === undefined) throw new UsageError(`there is no report "${name}": ask for one of ${NAMES}`)
  const keeping = keepingOf(invocation)
  return askQuestion(
    {
      name,
      question,
      keeping,
      spanOf: (calendar, today) => spanOf(invocation, calendar, today, question.period),
    },
    invocation,
    system,
  )
}
