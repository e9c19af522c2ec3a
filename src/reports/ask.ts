import type { Report } from '../core/report.ts'
import type { Quality } from '../core/quality.ts'
import { reportSpan, spanAround, spanBefore, spanText } from './day-span.ts'
import type { Asked, Question } from './question.ts'

/** Asks a question and makes a report of the answer. */
export function ask(
  name: string,
  { title, answer }: Question,
  asked: Asked,
  about: { readonly asOf: number; readonly quality: Quality },
): Report {
  const { usage, span, filter } = asked
  const { calendar } = usage
  return {
    name,
    title: `${title}: ${spanText(span, calendar)}`,
    span: reportSpan(span, calendar),
    zone: calendar.zone,
    asOf: about.asOf,
    filters: { ...filter.scope, ...(filter.session === null ? {} : { session: filter.session }) },
    sections: answer(asked),
    quality: about.quality,
  }
}

/** From which day on a fold must tell single days for an answer: comparisons and the month's limit look back. */
export function firstDayAsked(
  { span, kind }: Pick<Asked, 'span' | 'kind'>,
  calendar: Asked['usage']['calendar'],
): number {
  if (span.first === -Infinity) return -Infinity
  const before = Number.isFinite(span.next) ? spanBefore(kind, span, calendar).first : span.first
  return Math.min(before, spanAround('monthly', span.first, calendar).first)
}
