import { type Money, NO_MONEY, minus, plus, ratioOf, scaleHalfEven } from '../core/money.ts'
import { type Value, money, word } from '../core/report.ts'
import type { ListRow, ScreenDay, ScreenList } from '../core/screen-data.ts'
import type { Calendar } from '../core/calendar.ts'
import { spanAround } from './day-span.ts'
import { sumsBy } from './sums.ts'
import { type Selection, type Usage, EVERYTHING, select } from './usage.ts'

/** A year of whole weeks, the current one last. */
const WEEKS = 53
const WEEKS_TOLD = 12

/** The first day of the history that ends today. */
export function historyFrom(today: number, calendar: Calendar): number {
  return spanAround('weekly', today, calendar).first - 7 * (WEEKS - 1)
}

/** What each day of the last year cost, oldest first, today last. */
export function historyDays(usage: Usage, today: number): readonly ScreenDay[] {
  const { calendar } = usage
  const first = historyFrom(today, calendar)
  const selection = select(usage, { first, next: today + 1 }, EVERYTHING)
  const sums = new Map(sumsBy(selection, dayOf(selection)).map(({ key, sum }) => [key, sum]))
  return Array.from({ length: today - first + 1 }, (_, nth) => {
    const sum = sums.get(first + nth)
    return {
      start: calendar.startOfDay(first + nth),
      weekday: nth % 7,
      usd: sum?.usd ?? NO_MONEY,
      lowerBound: sum?.lowerBound ?? false,
    }
  })
}

/** Week over week, the current one first; how much of it has come stands beside what the one before came to by then. */
export function weekList(days: readonly ScreenDay[], calendar: Calendar): ScreenList {
  const weeks = weeksOf(days)
  const rows = weeks.slice(0, WEEKS_TOLD).map((week, nth) => weekRow(week, weeks[nth + 1] ?? null, calendar))
  return {
    title: 'Week over week',
    columns: [
      { key: 'week', title: 'week of' },
      { key: 'cost_usd', title: 'spend' },
      { key: 'change', title: 'change', expendable: 1 },
      { key: 'before_usd', title: 'week before', expendable: 2 },
      { key: 'cost_per_day_usd', title: 'a day', expendable: 3 },
      { key: 'active', title: 'active days', expendable: 4 },
    ],
    rows,
    total: null,
    left: 0,
    none: 'nothing recorded',
  }
}

function weeksOf(days: readonly ScreenDay[]): readonly (readonly ScreenDay[])[] {
  const weeks = Array.from({ length: Math.ceil(days.length / 7) }, (_, nth) =>
    days.slice(7 * nth, 7 * nth + 7),
  )
  const first = weeks.findIndex((week) => week.some(({ usd }) => usd !== 0n))
  return first < 0 ? [] : weeks.slice(first).toReversed()
}

function weekRow(
  week: readonly ScreenDay[],
  before: readonly ScreenDay[] | null,
  calendar: Calendar,
): ListRow {
  const spent = sumOf(week)
  // An unfinished week is compared with as many days of the one before.
  const earlier = before === null ? null : sumOf(before.slice(0, week.length))
  const lowerBound = week.some((day) => day.lowerBound)
  const start = week[0]?.start ?? 0
  const day = calendar.isoDay(calendar.dayOf(start))
  return {
    key: `week ${day}`,
    cells: [
      word(day),
      money(spent, lowerBound),
      changeFrom(earlier, spent),
      money(earlier, false),
      money(perDay(spent, week.length), lowerBound),
      { kind: 'count', count: week.filter(({ usd }) => usd > 0n).length },
    ],
    standing: null,
  }
}

function changeFrom(before: Money | null, after: Money): Value {
  return { kind: 'change', change: before === null ? null : ratioOf(minus(after, before), before) }
}

function perDay(usd: Money, days: number): Money | null {
  return days === 0 ? null : scaleHalfEven(usd, 1n, BigInt(days))
}

function sumOf(days: readonly ScreenDay[]): Money {
  return days.reduce((sum, { usd }) => plus(sum, usd), NO_MONEY)
}

function dayOf({ usage }: Selection): (row: number) => number {
  return (row) => usage.cells.cells.day[row]!
}
