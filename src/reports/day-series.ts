import { monthOf } from '../core/month.ts'
import { AmountSum } from '../core/columns.ts'
import type { Group } from '../core/groups.ts'
import { picodollarsOf } from '../core/money.ts'
import type { Series, SeriesPoint } from '../core/report.ts'
import { type Selection, firstDay, labelByRow, lastDay } from './usage.ts'

/** Parts that are told apart; the rest is one more. */
const MOST_PARTS = 5

/** More days than these are told by month. */
const MOST_DAYS = 92

/** Of more months than these, only those that cost something are told: a clock may have been wrong by centuries. */
const MOST_MONTHS = 120

const OTHERS = 'others'

/** What was spent day by day, or month by month when there are many, by the costliest of some label. */
export function daySeries(selection: Selection, today: number, label: keyof Group): Series {
  const { usage, rows } = selection
  const { cells } = usage.cells
  const units = unitsOf(selection, today)
  const names = costliestNames(selection, label)
  // One that would be alone among the others can as well be named.
  const told = names.length > MOST_PARTS + 1 ? names.slice(0, MOST_PARTS) : names
  const parts = told.length < names.length ? [...told, OTHERS] : told
  const partOf = new Map(told.map((name, part) => [name, part]))
  const points = new Map(units.first.map((unit) => [unit, emptyPoint(parts.length)]))
  const labelOf = labelByRow(usage, label)
  let latest = NaN
  let ofDay: Point | null = null
  for (const row of rows) {
    const day = cells.day[row]!
    // Neighbouring rows mostly share it. What has no day is in the total alone.
    if (day !== latest) ofDay = units.hasDay(day) ? at(points, units.of(day), parts.length) : null
    latest = day
    if (ofDay === null) continue
    const part = partOf.get(labelOf(row)) ?? parts.length - 1
    if (part < 0) continue
    ofDay.amounts[part]!.add(cells.usd.amountAt(row))
    ofDay.uncertain += cells.unpricedRecords[row]! + cells.rejected[row]!
  }
  return {
    kind: 'series',
    key: units.key,
    title: units.title,
    parts: parts.map((name) => (name === '' ? '(none)' : name)),
    points: [...points]
      .toSorted(([a], [b]) => a - b)
      .map(([unit, point]) => pointOf(units.name(unit), point)),
  }
}

/** All that have the label, most spend first; equal ones by name. */
function costliestNames({ usage, rows }: Selection, label: keyof Group): readonly string[] {
  const sums = new Map<string, AmountSum>()
  const labelOf = labelByRow(usage, label)
  for (const row of rows) {
    const name = labelOf(row)
    const sum = sums.get(name) ?? new AmountSum()
    sums.set(name, sum)
    sum.add(usage.cells.cells.usd.amountAt(row))
  }
  const named = [...sums].map(([name, { whole }]) => ({ name, whole }))
  return named
    .toSorted((a, b) => (a.whole < b.whole ? 1 : a.whole > b.whole ? -1 : a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

interface Point {
  readonly amounts: readonly AmountSum[]
  uncertain: number
}

function emptyPoint(parts: number): Point {
  return { amounts: Array.from({ length: parts }, () => new AmountSum()), uncertain: 0 }
}

function at(points: Map<number, Point>, unit: number, parts: number): Point {
  const known = points.get(unit)
  if (known !== undefined) return known
  const point = emptyPoint(parts)
  points.set(unit, point)
  return point
}

function pointOf(label: string, { amounts, uncertain }: Point): SeriesPoint {
  return { label, amounts: amounts.map(({ whole }) => picodollarsOf(whole)), lowerBound: uncertain > 0 }
}

/** Days or months, by number. */
interface Units {
  readonly key: string
  readonly title: string
  /** Those that are told though nothing may have been spent. */
  readonly first: readonly number[]
  readonly of: (day: number) => number
  readonly hasDay: (day: number) => boolean
  readonly name: (unit: number) => string
}

function unitsOf(selection: Selection, today: number): Units {
  const { first, next } = daysOf(selection, today)
  const hasDay = (day: number): boolean => day >= first && day < next
  if (next - first <= MOST_DAYS) {
    const { isoDay } = selection.usage.calendar
    return { key: 'days', title: 'By day', first: range(first, next), of: (day) => day, hasDay, name: isoDay }
  }
  const months = range(monthOf(first), monthOf(next - 1) + 1)
  const isLong = months.length > MOST_MONTHS
  return {
    key: 'months',
    title: 'By month',
    first: isLong ? [] : months,
    of: monthOf,
    hasDay,
    name: monthName,
  }
}

/** All days of the span that have come; of an open one, those on and between which there is anything. */
function daysOf(selection: Selection, today: number): { readonly first: number; readonly next: number } {
  const { span } = selection
  const first = span.first === -Infinity ? firstDay(selection) : span.first
  if (first === null) return { first: today, next: today }
  const end = Math.max(Math.min(span.next, today + 1), (lastDay(selection) ?? first - 1) + 1)
  return { first, next: Math.max(first, end) }
}

function range(first: number, next: number): readonly number[] {
  return Array.from({ length: next - first }, (_, nth) => first + nth)
}

/** Months since the year 0. */

function monthName(month: number): string {
  const year = Math.floor(month / 12)
  return `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
}
