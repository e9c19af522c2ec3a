import type { PeriodKind } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import type { ScreenPeriod } from '../core/screen-data.ts'
import { ALL_DAYS, type DaySpan, spanAround } from './day-span.ts'

const KINDS: Readonly<Record<ScreenPeriod, PeriodKind | null>> = {
  today: 'daily',
  week: 'weekly',
  month: 'monthly',
  all: null,
}

/** The days of a screen's period around today. */
export function screenSpan(period: ScreenPeriod, today: number, calendar: Calendar): DaySpan {
  const kind = KINDS[period]
  return kind === null ? ALL_DAYS : spanAround(kind, today, calendar)
}
