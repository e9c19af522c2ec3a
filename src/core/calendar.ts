/**
 * Civil days, weeks and months of one time zone. The only file that knows a zone library; everybody else holds
 * instants (epoch milliseconds) and day numbers (days since 1970-01-01).
 */

import { TZDate } from '@date-fns/tz/date'
import { tzOffset } from '@date-fns/tz/tzOffset'
import { format } from 'date-fns/format'
import type { PeriodKind } from './budget.ts'
import type { Period, Periods } from './period.ts'
import { civilFromDays, daysFromCivil, formatDay } from './timestamp.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** 0 is Sunday, 6 is Saturday, as in `Date`. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** The calendar of one zone. Instants are epoch milliseconds, days are numbered from 1970-01-01 as 0. */
export interface Calendar {
  /** IANA name. */
  readonly zone: string
  /** The day to which an instant belongs. Cheap in any order: it is asked once for every record of the ledger. */
  dayOf(instant: number): number
  /** The first instant of a day: midnight, or where clocks skip midnight the instant at which they resume. */
  startOfDay(day: number): number
  /** The day, week and month to which an instant belongs. */
  periodsAt(instant: number): Periods
  periodAt(kind: PeriodKind, instant: number): Period
  /** What a clock on the wall shows: `14:02`. */
  clock(instant: number): string
  /** What a calendar on the wall shows: `Sun 22 Nov`. */
  date(instant: number): string
  /** A day as `2026-11-22`. */
  isoDay(day: number): string
}

/**
 * The calendar of an IANA zone. A day is `[its first instant, the first instant of the next day)`, so it may last 23,
 * 23.5 or 25 hours, and no instant is in two days or in none. Where clocks are set back over midnight, a day that has
 * begun stays; a day that the zone skipped is empty. Throws a RangeError when `isZone(zone)` is false.
 */
export function createCalendar(zone: string, weekStartsOn: Weekday = 1): Calendar {
  if (!isZone(zone)) {
    throw new RangeError(`"${zone}" is no time zone: use an IANA name such as Europe/Berlin, or UTC`)
  }
  const { dayOf, startOfDay } = zone === 'UTC' ? UTC_DAYS : daysOf(zone)
  const periodAt = (kind: PeriodKind, instant: number): Period => {
    const { first, next } = spanOf(kind, dayOf(instant), weekStartsOn)
    return { kind, start: startOfDay(first), end: startOfDay(next) }
  }
  return {
    zone,
    dayOf,
    startOfDay,
    periodAt,
    periodsAt: (instant) => ({
      daily: periodAt('daily', instant),
      weekly: periodAt('weekly', instant),
      monthly: periodAt('monthly', instant),
    }),
    clock: (instant) => format(new TZDate(instant, zone), 'HH:mm'),
    date: (instant) => format(new TZDate(instant, zone), 'EEE d MMM'),
    isoDay: formatDay,
  }
}

/** True for the IANA names that this runtime knows, and `UTC`; not for `local` and not for offsets such as `+02:00`. */
export function isZone(name: string): boolean {
  if (name === 'UTC') return true
  // Newer versions of Node take offsets for zones, Node 20 does not: one settings file must mean the same on all.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** From day `first` to day `next`, which is not part of it. */
interface Span {
  readonly first: number
  readonly next: number
}

function spanOf(kind: PeriodKind, day: number, weekStartsOn: Weekday): Span {
  switch (kind) {
    case 'daily':
      return { first: day, next: day + 1 }
    case 'weekly': {
      const first = day - daysIntoWeek(day, weekStartsOn)
      return { first, next: first + 7 }
    }
    case 'monthly': {
      const { year, month } = civilFromDays(day)
      const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)
      return { first: daysFromCivil(year, month, 1), next }
    }
  }
}

function daysIntoWeek(day: number, weekStartsOn: Weekday): number {
  const weekday = day + 4 // 1970-01-01 was a Thursday
  return (((weekday - weekStartsOn) % 7) + 7) % 7
}

type Days = Pick<Calendar, 'dayOf' | 'startOfDay'>

const UTC_DAYS: Days = {
  dayOf: (instant) => Math.floor(instant / DAY),
  startOfDay: (day) => day * DAY,
}

// A direct-mapped cache of day starts: eleven years of days without a collision, 48 KB, and a ledger with a date in
// each of the years 0001 to 9999 cannot make it grow.
const SLOTS = 4096
const EMPTY = -(2 ** 31)

function daysOf(zone: string): Days {
  const days = new Int32Array(SLOTS).fill(EMPTY)
  const starts = new Float64Array(SLOTS)
  const startOfDay = (day: number): number => {
    const slot = day & (SLOTS - 1)
    const known = starts[slot]
    if (days[slot] === day && known !== undefined) return known
    const start = firstInstantOf(day, zone)
    days[slot] = day
    starts[slot] = start
    return start
  }
  const dayOf = (instant: number): number => {
    // No zone is a day ahead of UTC, so the day is this one or one of the two before it.
    let day = Math.floor(instant / DAY) + 1
    while (instant < startOfDay(day)) day--
    return day
  }
  return { dayOf, startOfDay }
}

// No zone was ever 16 hours from UTC: Manila, before the date line moved in 1844, came closest with -15:56.
const FARTHEST = 16 * HOUR

/**
 * The first instant at which the wall clocks of a zone show `day`, or a later one. Not `startOfDay` of date-fns: where
 * midnight comes twice it may answer with the second (Amman 2000-09-29), and whether it does can depend on the zone
 * of the machine (Havana 2011-11-13), so that two machines would add up different days from one ledger.
 */
function firstInstantOf(day: number, zone: string): number {
  const midnight = day * DAY
  const before = offsetAt(zone, midnight - FARTHEST)
  const after = offsetAt(zone, midnight + FARTHEST)
  const start = midnight - before
  if (before === after) return start
  const change = changeBetween(midnight - FARTHEST, midnight + FARTHEST, zone)
  return start < change ? start : Math.max(change, midnight - after)
}

/**
 * The first instant of the new offset, when the offsets at both ends differ. There is one change to find: from 1990
 * to 2040 no zone changes twice within a week.
 */
function changeBetween(low: number, high: number, zone: string): number {
  const before = offsetAt(zone, low)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(zone, middle) === before) low = middle
    else high = middle
  }
  return high
}

/**
 * Milliseconds by which the zone is ahead of UTC. The library reads `-00:44` as `+00:44`, so days may begin up to two
 * hours off in the few zones that were less than an hour behind UTC, the last of them Monrovia until 1972. Every
 * instant still lies in exactly one day.
 */
function offsetAt(zone: string, instant: number): number {
  return Math.round(tzOffset(zone, new Date(instant)) * MINUTE)
}
