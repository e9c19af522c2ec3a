import type { Calendar } from '../core/calendar.ts'
import type { Result } from '../core/result.ts'
import { ALL_DAYS, spanAround } from '../reports/day-span.ts'
import { summary } from '../reports/summary.ts'
import { type AskingSystem, askQuestion } from './ask-question.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation } from './command.ts'
import { dayNamed } from './day-option.ts'
import { FILTER_OPTIONS } from './filter-options.ts'
import { PRINT_OPTIONS } from './print-report.ts'
import type { AskedSpan } from './span-options.ts'

export const grammar: Grammar = {
  name: 'summary',
  summary: 'what was spent today, this week, this month, ever or since a day, by model and by project',
  arguments: [
    {
      name: '[PERIOD]',
      summary: 'today, week, month, all, or a day to count from; default: today',
      words: ['today', 'week', 'month', 'all'],
    },
  ],
  options: { ...FILTER_OPTIONS, ...PRINT_OPTIONS, ...COMMON_OPTIONS },
  examples: ['ai-costs summary', 'ai-costs summary week --project my-app', 'ai-costs summary 2025-12-01'],
}

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: AskingSystem): Promise<Result> {
  const [period = 'today'] = invocation.arguments
  return askQuestion(
    {
      name: 'summary',
      question: summary,
      keeping: { save: false, rollup: false },
      spanOf: (calendar, today) => spanNamed(period, calendar, today),
    },
    invocation,
    system,
  )
}

/** Throws `UsageError`. */
function spanNamed(period: string, calendar: Calendar, today: number): AskedSpan {
  switch (period) {
    case 'today':
      return { span: spanAround('daily', today, calendar), kind: 'daily' }
    case 'week':
      return { span: spanAround('weekly', today, calendar), kind: 'weekly' }
    case 'month':
      return { span: spanAround('monthly', today, calendar), kind: 'monthly' }
    case 'all':
      return { span: ALL_DAYS, kind: null }
    default:
      return {
        span: {
          first: dayNamed(period, today, `"${period}" is none of today, week, month and all, and`),
          next: Infinity,
        },
        kind: null,
      }
  }
}
