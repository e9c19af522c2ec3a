import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Calendar, type Weekday, createCalendar } from '../../src/core/calendar.ts'
import { PERIOD_KINDS } from '../../src/core/budget.ts'

const DAY = 86_400_000
const YEARS = { min: Date.UTC(1990, 0, 1), max: Date.UTC(2041, 0, 1) - 1 }

const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const anyInstant = fc.integer(YEARS)
const anyDay = fc.integer({ min: YEARS.min / DAY, max: Math.floor(YEARS.max / DAY) })
const anyWeekday = fc.constantFrom<Weekday>(0, 1, 2, 3, 4, 5, 6)

/** The civil day that Intl shows on the wall: the oracle, which shares no code with the calendar. */
function wallDay(zone: string, instant: number): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(instant)
  return Date.parse(`${text}T00:00:00Z`) / DAY
}

function daysAround(calendar: Calendar, instant: number): number[] {
  const utcDay = Math.floor(instant / DAY)
  return [-3, -2, -1, 0, 1, 2, 3]
    .map((offset) => utcDay + offset)
    .filter((day) => calendar.startOfDay(day) <= instant && instant < calendar.startOfDay(day + 1))
}

describe('in any zone, from 1990 to 2040,', () => {
  it('every instant lies in exactly one day, the one that dayOf names', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const calendar = createCalendar(zone, 1)
        expect(daysAround(calendar, instant)).toEqual([calendar.dayOf(instant)])
      }),
    )
  })

  it('the instants beside a midnight lie in different days', () => {
    fc.assert(
      fc.property(anyZone, anyDay, (zone, day) => {
        const calendar = createCalendar(zone, 1)
        const start = calendar.startOfDay(day)
        const isSkipped = calendar.startOfDay(day + 1) === start
        expect(calendar.dayOf(start)).toBe(isSkipped ? day + 1 : day)
        expect(calendar.dayOf(start - 1)).toBeLessThan(day)
      }),
    )
  })

  it('every instant lies in its day, week and month, and these share their edges with days', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, anyWeekday, (zone, instant, weekStartsOn) => {
        const calendar = createCalendar(zone, weekStartsOn)
        const periods = calendar.periodsAt(instant)
        for (const kind of PERIOD_KINDS) {
          const { start, end } = periods[kind]
          expect(periods[kind]).toEqual(calendar.periodAt(kind, instant))
          expect(start <= instant && instant < end).toBe(true)
          expect([start, end]).toEqual([start, end].map((edge) => calendar.startOfDay(calendar.dayOf(edge))))
          // Both ends of a period, and no instant outside, name the same period.
          expect(calendar.periodAt(kind, start)).toEqual(periods[kind])
          expect(calendar.periodAt(kind, end - 1)).toEqual(periods[kind])
          expect(calendar.periodAt(kind, end).start).toBe(end)
          expect(calendar.periodAt(kind, start - 1).end).toBe(start)
        }
      }),
    )
  })

  it('a week has seven civil days and a month begins on its first', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, anyWeekday, (zone, instant, weekStartsOn) => {
        const calendar = createCalendar(zone, weekStartsOn)
        const { weekly, monthly } = calendar.periodsAt(instant)
        const first = calendar.dayOf(weekly.start)
        // A date line move may have skipped the first or the last day of a week or month.
        fc.pre(calendar.startOfDay(first - 1) < weekly.start && first === wallDay(zone, weekly.start))
        expect(new Date(first * DAY).getUTCDay()).toBe(weekStartsOn)
        expect(calendar.startOfDay(first + 7)).toBe(weekly.end)
        expect(new Date(calendar.dayOf(monthly.start) * DAY).getUTCDate()).toBe(1)
      }),
    )
  })

  it('the day is the date on the wall, or one that had begun before clocks went back over midnight', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const calendar = createCalendar(zone, 1)
        const day = calendar.dayOf(instant)
        const shown = wallDay(zone, instant)
        if (shown === day) return
        expect(shown).toBeLessThan(day)
        expect(wallDay(zone, calendar.startOfDay(day))).toBe(day)
      }),
    )
  })

  it('clock and date show what Intl shows', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const calendar = createCalendar(zone, 1)
        const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' }).format(instant)
        expect(calendar.clock(instant)).toBe(clock)
        const parts = new Intl.DateTimeFormat('en-US', {
          timeZone: zone,
          weekday: 'short',
          day: 'numeric',
          month: 'short',
        }).formatToParts(instant)
        const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value
        expect(calendar.date(instant)).toBe(`${part('weekday')} ${part('day')} ${part('month')}`)
      }),
    )
  })
})

describe('in any zone, in the years 0001 to 9999,', () => {
  it('every instant still lies in exactly one day', () => {
    const everyInstant = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })
    fc.assert(
      fc.property(anyZone, everyInstant, (zone, instant) => {
        const calendar = createCalendar(zone, 1)
        expect(daysAround(calendar, instant)).toEqual([calendar.dayOf(instant)])
      }),
    )
  })
})

describe('UTC', () => {
  it('answers by arithmetic what the zone library answers for the same zone under another name', () => {
    fc.assert(
      fc.property(anyInstant, anyWeekday, (instant, weekStartsOn) => {
        const utc = createCalendar('UTC', weekStartsOn)
        const generic = createCalendar('Etc/UTC', weekStartsOn)
        const day = utc.dayOf(instant)
        expect(generic.dayOf(instant)).toBe(day)
        expect(generic.startOfDay(day)).toBe(utc.startOfDay(day))
        expect(generic.periodsAt(instant)).toEqual(utc.periodsAt(instant))
        expect(generic.clock(instant)).toBe(utc.clock(instant))
        expect(generic.date(instant)).toBe(utc.date(instant))
      }),
    )
  })
})
