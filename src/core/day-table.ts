import type { Calendar } from './calendar.ts'
import { type Periods, isIn } from './period.ts'

/** As much of a calendar as judging needs. */
export type Days = Pick<Calendar, 'zone' | 'dayOf' | 'startOfDay' | 'periodsAt'>

/** The days around an instant as plain data: what a calendar says, without the library that it takes to know. */
export interface DayTable {
  /** IANA name. */
  readonly zone: string
  /** The number of the first day; what was before it is told apart no further. */
  readonly firstDay: number
  /** First instants of that day and those that follow, one more than there are days. */
  readonly starts: readonly number[]
  /** Those of the day for which the table was made. */
  readonly periods: Periods
}

/** From day `firstDay` to the end of all periods at an instant. */
export function dayTable(calendar: Calendar, firstDay: number, instant: number): DayTable {
  const periods = calendar.periodsAt(instant)
  const last = calendar.dayOf(Math.max(periods.daily.end, periods.weekly.end, periods.monthly.end))
  const starts = Array.from({ length: last - firstDay + 2 }, (_, nth) => calendar.startOfDay(firstDay + nth))
  return { zone: calendar.zone, firstDay, starts, periods }
}

/** An instant is later than a table of days reaches. */
export class BeyondTable extends Error {
  override readonly name = 'BeyondTable'
}

/**
 * A calendar that knows the days of a table. All that is earlier is the day before the first; `dayOf` throws
 * `BeyondTable` for what is later than the last, `startOfDay` for a day that is not among them, and `periodsAt` for
 * another day than that of the table.
 */
export function daysOfTable(table: DayTable): Days {
  const { zone, firstDay, starts, periods } = table
  const dayOf = (instant: number): number => {
    if (instant >= starts[starts.length - 1]!) throw new BeyondTable()
    let low = -1
    let high = starts.length - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= instant) low = middle
      else high = middle
    }
    return firstDay + low
  }
  const startOfDay = (day: number): number => {
    const start = starts[day - firstDay]
    if (start === undefined) throw new BeyondTable()
    return start
  }
  const periodsAt = (instant: number): Periods => {
    if (!isIn(periods.daily, instant)) throw new BeyondTable()
    return periods
  }
  return { zone, dayOf, startOfDay, periodsAt }
}
