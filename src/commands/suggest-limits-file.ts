import type { Calendar } from '../core/calendar.ts'
import { type Result, success } from '../core/result.ts'
import { limitsFileText } from '../formats/suggested-limits.ts'
import { type DaySpan, reportSpan, spanText } from '../reports/day-span.ts'
import { type Suggestion, isTooThin, suggestLimits } from '../reports/suggest-limits.ts'
import { suggestionSections } from '../reports/suggestion-sections.ts'
import { EVERYTHING, select } from '../reports/usage.ts'
import type { System } from '../system/system.ts'
import { type Invocation, hasFlag, valueOf } from './command.ts'
import { type JudgingSystem, callOf } from './desk.ts'
import { printReport, printingOf } from './print-report.ts'
import { readUsage } from './read-usage.ts'

export type SuggestingSystem = JudgingSystem & Pick<System, 'terminal'>

/** Which days a suggestion is made from. */
export type SpanOf = (calendar: Calendar, today: number) => DaySpan

const TOO_THIN =
  'There is too little history to suggest limits: use your tools for a week, or look further back with --all.\n'

/** `suggest limits`. Throws `UsageError`. */
export function suggestLimitsFile(
  invocation: Invocation,
  system: SuggestingSystem,
  spanOf: SpanOf,
): Promise<Result> {
  const printing = printingOf(invocation)
  const isFile = valueOf(invocation, 'format') === null && !hasFlag(invocation, 'json')
  const subjectOf = (calendar: Calendar, today: number) => {
    const span = spanOf(calendar, today)
    return { span, sessionCells: { from: span.first, labels: 'usual' as const } }
  }
  return readUsage(
    callOf(invocation, system),
    system,
    subjectOf,
    async ({ usage, asOf, qualityIn }, { span }) => {
      const { calendar } = usage
      const suggestion = suggestLimits(select(usage, span, EVERYTHING), calendar.dayOf(asOf))
      const remark = isTooThin(suggestion) ? TOO_THIN : ''
      if (isFile) return success(remark === '' ? fileText(suggestion, span, calendar) : '', remark)
      const report = {
        name: 'suggest-limits',
        title: `Limits that fit: ${spanText(span, calendar)}`,
        span: reportSpan(span, calendar),
        zone: calendar.zone,
        asOf,
        filters: {},
        sections: suggestionSections(suggestion),
        quality: qualityIn(span),
      }
      return success(await printReport(report, printing, system, calendar), remark)
    },
  )
}

function fileText(suggestion: Suggestion, span: DaySpan, calendar: Calendar): string {
  return limitsFileText({ days: spanText(span, calendar), ...suggestion })
}
