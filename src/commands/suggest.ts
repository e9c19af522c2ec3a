import type { Result } from '../core/result.ts'
import { ALL_DAYS } from '../reports/day-span.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError, hasFlag } from './command.ts'
import { PRINT_OPTIONS } from './print-report.ts'
import { SPAN_OPTIONS, spanOf } from './span-options.ts'
import { type SuggestingSystem, suggestLimitsFile } from './suggest-limits-file.ts'
import { suggestSavings } from './suggest-savings.ts'

export const grammar: Grammar = {
  name: 'suggest',
  summary: 'limits that fit your own history, as a cost-limits.yaml to paste; or where money could be saved',
  arguments: [{ name: '[WHAT]', summary: 'limits or savings, of the last 90 days; default: limits' }],
  options: {
    ...SPAN_OPTIONS,
    ...PRINT_OPTIONS,
    format: {
      ...PRINT_OPTIONS.format,
      summary: `${PRINT_OPTIONS.format.choices.join(', ')}; of limits, the numbers behind the file`,
    },
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs suggest > .ai-config/cost-limits.yaml',
    'ai-costs suggest limits --format text',
    'ai-costs suggest savings --month 2025-12',
  ],
}

/** How many days say what is usual. */
const USUAL_DAYS = 90

/** Throws `UsageError`. */
export function run(invocation: Invocation, system: SuggestingSystem): Promise<Result> {
  const [what = 'limits'] = invocation.arguments
  const suggest = SUGGESTIONS.get(what)
  if (suggest === undefined) {
    throw new UsageError(`"${what}" cannot be suggested: ask for ${[...SUGGESTIONS.keys()].join(' or ')}`)
  }
  return suggest(invocation, system, (calendar, today) => {
    const { span } = spanOf(invocation, calendar, today, 'all')
    const isAsked = span !== ALL_DAYS || hasFlag(invocation, 'all')
    return isAsked ? span : { first: today - USUAL_DAYS + 1, next: today + 1 }
  })
}

const SUGGESTIONS = new Map([
  ['limits', suggestLimitsFile],
  ['savings', suggestSavings],
])
