import type { PeriodKind } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import type { ReportSpan } from '../core/report.ts'

/** Civil days from `first` up to `next`, which is not among them; infinite where it is open. */
export interface DaySpan {
  readonly first: number
  readonly next: number
}

/** All days, and what has no day. */
export const ALL_DAYS: DaySpan = { first: -Infinity, next: Infinity }

/** The day, week or month to which a day belongs. */
export function spanAround(kind: PeriodKind, day: number, calendar: Calendar): DaySpan {
  const { start, end } = calendar.periodAt(kind, calendar.startOfDay(day))
  return { first: calendar.dayOf(start), next: calendar.dayOf(end) }
}

/** The span of the same kind before one; a kind of null is as many days as there are. */
export function spanBefore(kind: PeriodKind | null, span: DaySpan, calendar: Calendar): DaySpan {
  return kind === null
    ? { first: span.first - daysIn(span), next: span.first }
    : spanAround(kind, span.first - 1, calendar)
}

/** How many days there are; Infinity for an open span. */
export function daysIn({ first, next }: DaySpan): number {
  return next - first
}

/** What of a span has come by a day, that day included. */
export function upTo(span: DaySpan, day: number): DaySpan {
  return { first: span.first, next: Math.max(span.first, Math.min(span.next, day + 1)) }
}

/** `2025-12-15`, `2025-12-15 to 2025-12-21`, `since 2025-12-15`, `all time`. */
export function spanText({ first, next }: DaySpan, calendar: Calendar): string {
  if (first === -Infinity) return next === Infinity ? 'all time' : `until ${calendar.isoDay(next - 1)}`
  if (next === Infinity) return `since ${calendar.isoDay(first)}`
  const from = calendar.isoDay(first)
  return next - first === 1 ? from : `${from} to ${calendar.isoDay(next - 1)}`
}

/** The span as a report says it. */
export function reportSpan({ first, next }: DaySpan, calendar: Calendar): ReportSpan {
  const hasFirst = first !== -Infinity
  const hasLast = next !== Infinity
  return {
    first: hasFirst ? calendar.isoDay(first) : null,
    last: hasLast ? calendar.isoDay(next - 1) : null,
    start: hasFirst ? calendar.startOfDay(first) : null,
    end: hasLast ? calendar.startOfDay(next) : null,
  }
}

/**
 * How many days an average is over: those of the span that have come. An open one begins with the first day on which
 * there is anything, which is null when there is nothing.
 */
export function daysThatCount(span: DaySpan, firstDay: number | null, today: number): number {
  const first = span.first === -Infinity ? (firstDay ?? today) : span.first
  return Math.max(0, Math.min(span.next, Math.max(today + 1, first)) - first)
}
