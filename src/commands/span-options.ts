import type { PeriodKind } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import { ALL_DAYS, type DaySpan, spanAround } from '../reports/day-span.ts'
import { type Invocation, type OptionSpec, UsageError, hasFlag, valueOf } from './command.ts'
import { dayOption, monthOption } from './day-option.ts'

/** Options that say which days a question is about. */
export const SPAN_OPTIONS = {
  date: {
    kind: 'value',
    placeholder: 'DAY',
    summary: 'the day, week or month of this day, e.g. 2025-12-15 or yesterday',
  },
  month: { kind: 'value', placeholder: 'MONTH', summary: 'this month, e.g. 2025-12' },
  since: { kind: 'value', placeholder: 'DAY', summary: 'from this day on' },
  until: { kind: 'value', placeholder: 'DAY', summary: 'up to this day, which is included' },
  all: { kind: 'flag', summary: 'all time, records without a time included' },
} as const satisfies Record<string, OptionSpec>

/** Which days, and which kind of period they are; null for any others. */
export interface AskedSpan {
  readonly span: DaySpan
  readonly kind: PeriodKind | null
}

/** The days that were asked for; without any option, those of the usual period of today. Throws `UsageError`. */
export function spanOf(
  invocation: Invocation,
  calendar: Calendar,
  today: number,
  usual: PeriodKind | 'all',
): AskedSpan {
  refuseSeveral(invocation)
  if (hasFlag(invocation, 'all')) return { span: ALL_DAYS, kind: null }
  const month = monthOption(invocation, 'month')
  if (month !== null) return { span: spanAround('monthly', month, calendar), kind: 'monthly' }
  const since = dayOption(invocation, 'since', today)
  const until = dayOption(invocation, 'until', today)
  if (since !== null && until !== null && until < since) {
    throw new UsageError('--until is before --since: no day is left between them')
  }
  if (since !== null || until !== null) {
    return { span: { first: since ?? -Infinity, next: until === null ? Infinity : until + 1 }, kind: null }
  }
  const date = dayOption(invocation, 'date', today)
  if (usual === 'all') {
    return date === null
      ? { span: ALL_DAYS, kind: null }
      : { span: spanAround('daily', date, calendar), kind: 'daily' }
  }
  return { span: spanAround(usual, date ?? today, calendar), kind: usual }
}

/** Each of them says all there is to say about the days; only `--since` and `--until` go together. */
function refuseSeveral(invocation: Invocation): void {
  const given = [
    hasFlag(invocation, 'all') ? '--all' : null,
    valueOf(invocation, 'month') === null ? null : '--month',
    valueOf(invocation, 'date') === null ? null : '--date',
    valueOf(invocation, 'since') === null && valueOf(invocation, 'until') === null
      ? null
      : '--since and --until',
  ].filter((name) => name !== null)
  if (given.length > 1)
    throw new UsageError(`${given.slice(0, 2).join(' and ')} exclude each other: keep one`)
}
