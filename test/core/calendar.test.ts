import { describe, expect, it, test } from 'vitest'
import { type Weekday, createCalendar, isZone } from '../../src/core/calendar.ts'
import { daysFromCivil, formatInstant, parseTimestamp } from '../../src/core/timestamp.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function instant(text: string): number {
  const ms = parseTimestamp(text)
  if (ms === null) throw new Error(`${text} is no timestamp`)
  return ms
}

const dayNumber = (iso: string): number => instant(iso) / DAY

/** First instant of a month since 2007, when the clocks began to change in March and on the first Sunday of November. */
function newYorkMonth(year: number, month: number): number {
  return daysFromCivil(year, month, 1) * DAY + (month >= 4 && month <= 11 ? 4 : 5) * HOUR
}

describe('a day begins at the first instant of its civil date and lasts as long as its clocks say', () => {
  test.each<[zone: string, day: string, start: string, hours: number, why: string]>([
    ['UTC', '2025-03-09', '2025-03-09T00:00:00Z', 24, 'no clock is ever moved'],
    ['America/New_York', '2025-12-15', '2025-12-15T05:00:00Z', 24, 'plain'],
    ['America/New_York', '2025-03-09', '2025-03-09T05:00:00Z', 23, '02:00 becomes 03:00'],
    ['America/New_York', '2025-03-10', '2025-03-10T04:00:00Z', 24, 'the day after'],
    ['America/New_York', '2025-11-02', '2025-11-02T04:00:00Z', 25, '01:30 comes twice'],
    ['America/New_York', '2025-11-03', '2025-11-03T05:00:00Z', 24, 'the day after'],
    ['Europe/Berlin', '2025-03-30', '2025-03-29T23:00:00Z', 23, '02:00 becomes 03:00'],
    ['Africa/Cairo', '2025-04-24', '2025-04-23T22:00:00Z', 24, 'the day before'],
    ['Africa/Cairo', '2025-04-25', '2025-04-24T22:00:00Z', 23, 'begins at 01:00'],
    ['Africa/Cairo', '2025-10-30', '2025-10-29T21:00:00Z', 25, 'midnight goes back to 23:00'],
    ['Africa/Cairo', '2025-10-31', '2025-10-30T22:00:00Z', 24, 'the day after'],
    ['Australia/Lord_Howe', '2025-04-06', '2025-04-05T13:00:00Z', 24.5, 'half an hour back'],
    ['Australia/Lord_Howe', '2025-10-05', '2025-10-04T13:30:00Z', 23.5, 'half an hour forward'],
    ['Asia/Kathmandu', '2025-12-15', '2025-12-14T18:15:00Z', 24, 'UTC+05:45'],
    ['Asia/Kolkata', '2025-12-15', '2025-12-14T18:30:00Z', 24, 'UTC+05:30'],
    ['America/Havana', '2025-03-09', '2025-03-09T05:00:00Z', 23, 'begins at 01:00'],
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00Z', 25, 'midnight comes twice: the first counts'],
    ['America/Havana', '2011-11-13', '2011-11-13T04:00:00Z', 25, 'whatever the zone of the machine'],
    ['Asia/Amman', '2000-09-29', '2000-09-28T21:00:00Z', 25, 'midnight comes twice: the first counts'],
    ['America/Santiago', '2025-04-05', '2025-04-05T03:00:00Z', 25, 'midnight goes back to 23:00'],
    ['America/Santiago', '2025-04-06', '2025-04-06T04:00:00Z', 24, 'the day after'],
    ['America/Santiago', '2025-09-07', '2025-09-07T04:00:00Z', 23, 'begins at 01:00'],
    ['America/St_Johns', '2005-10-29', '2005-10-29T02:30:00Z', 24, 'ends although its last hour comes again'],
    ['America/St_Johns', '2005-10-30', '2005-10-30T02:30:00Z', 25, '00:01 goes back to 23:01'],
    ['Antarctica/Casey', '2010-03-05', '2010-03-04T13:00:00Z', 27, '02:00 goes back to 23:00'],
    ['Pacific/Apia', '2011-12-29', '2011-12-29T10:00:00Z', 24, 'the last day east of the date line'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 0, 'skipped'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z', 24, 'the first day west of it'],
    ['Pacific/Kwajalein', '1993-08-21', '1993-08-21T12:00:00Z', 0, 'skipped'],
    ['Pacific/Kiritimati', '2025-01-01', '2024-12-31T10:00:00Z', 24, 'UTC+14'],
    ['Pacific/Pago_Pago', '2025-01-01', '2025-01-01T11:00:00Z', 24, 'UTC-11'],
  ])('%s %s', (zone, iso, start, hours) => {
    const calendar = createCalendar(zone, 1)
    const day = dayNumber(iso)
    const begin = calendar.startOfDay(day)
    const end = calendar.startOfDay(day + 1)
    expect(formatInstant(begin)).toBe(start)
    expect((end - begin) / HOUR).toBe(hours)
    expect(calendar.dayOf(begin - 1)).toBeLessThan(day)
    expect(calendar.dayOf(end)).toBeGreaterThan(day)
    if (hours > 0) expect([calendar.dayOf(begin), calendar.dayOf(end - 1)]).toEqual([day, day])
  })

  it('gives no instant to a day that was skipped', () => {
    const apia = createCalendar('Pacific/Apia', 1)
    const change = instant('2011-12-30T10:00:00Z')
    expect([change - 1, change].map((at) => apia.isoDay(apia.dayOf(at)))).toEqual([
      '2011-12-29',
      '2011-12-31',
    ])
  })

  it('does not go back to a day that has ended, though the wall clock does', () => {
    const calendar = createCalendar('America/St_Johns', 1)
    const repeated = instant('2005-10-30T02:45:00Z')
    expect(calendar.date(repeated) + ' ' + calendar.clock(repeated)).toBe('Sat 29 Oct 23:15')
    expect(calendar.isoDay(calendar.dayOf(repeated))).toBe('2005-10-30')
  })

  it('keeps far days apart, in whatever order they are asked', () => {
    const calendar = createCalendar('Europe/Berlin', 1)
    const days = [
      20_000,
      20_000 + 4096,
      20_000 - 4096,
      20_000,
      20_000 + 8192,
      20_000 - 4096,
      -719_162,
      2_932_896,
    ]
    for (const day of [...days, ...days.toReversed()]) {
      expect(calendar.startOfDay(day)).toBe(createCalendar('Europe/Berlin', 1).startOfDay(day))
      expect(calendar.dayOf(calendar.startOfDay(day))).toBe(day)
    }
  })
})

describe('a week', () => {
  test.each<[weekStartsOn: Weekday, name: string, start: string, end: string]>([
    [0, 'Sunday', '2024-12-29', '2025-01-05'],
    [1, 'Monday', '2024-12-30', '2025-01-06'],
    [2, 'Tuesday', '2024-12-31', '2025-01-07'],
    [3, 'Wednesday', '2025-01-01', '2025-01-08'],
    [4, 'Thursday', '2024-12-26', '2025-01-02'],
    [5, 'Friday', '2024-12-27', '2025-01-03'],
    [6, 'Saturday', '2024-12-28', '2025-01-04'],
  ])(
    'that starts on day %d (%s) and holds Wednesday 2025-01-01 is %s to %s',
    (weekStartsOn, _name, start, end) => {
      const week = createCalendar('UTC', weekStartsOn).periodAt('weekly', instant('2025-01-01T12:00:00Z'))
      expect(week).toEqual({ kind: 'weekly', start: instant(start), end: instant(end) })
    },
  )

  test.each([
    ['2024-12-29T23:59:59.999Z', '2024-12-23'],
    ['2024-12-30T00:00:00Z', '2024-12-30'],
    ['2025-01-05T23:59:59.999Z', '2024-12-30'],
    ['2025-01-06T00:00:00Z', '2025-01-06'],
    ['1970-01-01T00:00:00Z', '1969-12-29'],
    ['1969-12-28T12:00:00Z', '1969-12-22'],
    ['0001-01-03T00:00:00Z', '0001-01-01'],
  ])('starts on Monday unless told otherwise: %s is in the week of %s', (at, monday) => {
    expect(createCalendar('UTC').periodAt('weekly', instant(at)).start).toBe(instant(monday))
  })

  test.each([
    ['America/New_York', '2025-03-05T12:00:00Z', '2025-03-03T05:00:00Z', '2025-03-10T04:00:00Z'],
    ['America/New_York', '2025-11-02T12:00:00Z', '2025-10-27T04:00:00Z', '2025-11-03T05:00:00Z'],
    ['Asia/Kathmandu', '2024-12-29T18:15:00Z', '2024-12-29T18:15:00Z', '2025-01-05T18:15:00Z'],
    ['Pacific/Apia', '2011-12-31T12:00:00Z', '2011-12-26T10:00:00Z', '2012-01-01T10:00:00Z'],
  ])('in %s runs between midnights of that zone, whatever its clocks do: %s', (zone, at, start, end) => {
    const week = createCalendar(zone, 1).periodAt('weekly', instant(at))
    expect([week.start, week.end].map(formatInstant)).toEqual([start, end])
  })
})

describe('a month', () => {
  const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const leapYears = new Set([2020, 2024, 2028, 2032])

  it('from 2020 to 2032 has the days that the calendar on the wall gives it', () => {
    const calendar = createCalendar('UTC', 1)
    let start = instant('2020-01-01')
    for (let year = 2020; year <= 2032; year++) {
      for (const [index, usual] of days.entries()) {
        const end = start + (index === 1 && leapYears.has(year) ? 29 : usual) * DAY
        for (const at of [start, start + 9.5 * DAY, end - 1]) {
          expect(calendar.periodAt('monthly', at)).toEqual({ kind: 'monthly', start, end })
        }
        start = end
      }
    }
    expect(formatInstant(start)).toBe('2033-01-01T00:00:00Z')
  })

  it('from 2020 to 2032 in New York begins at 05:00Z in winter and 04:00Z in summer', () => {
    const calendar = createCalendar('America/New_York', 1)
    for (let year = 2020; year <= 2032; year++) {
      for (let month = 1; month <= 12; month++) {
        const end = month === 12 ? newYorkMonth(year + 1, 1) : newYorkMonth(year, month + 1)
        const period = { kind: 'monthly', start: newYorkMonth(year, month), end }
        expect(calendar.periodAt('monthly', newYorkMonth(year, month))).toEqual(period)
        expect(calendar.periodAt('monthly', end - 1)).toEqual(period)
      }
    }
  })

  test.each([
    ['2024-02-29T12:00:00Z', '2024-02-01', '2024-03-01'],
    ['2025-02-28T23:59:59.999Z', '2025-02-01', '2025-03-01'],
    ['2000-02-29T00:00:00Z', '2000-02-01', '2000-03-01'],
    ['2100-02-28T23:00:00Z', '2100-02-01', '2100-03-01'],
    ['2024-12-31T23:59:59Z', '2024-12-01', '2025-01-01'],
  ])('that holds %s is %s to %s', (at, start, end) => {
    const month = createCalendar('UTC', 1).periodAt('monthly', instant(at))
    expect(month).toEqual({ kind: 'monthly', start: instant(start), end: instant(end) })
  })

  it('that lost a day to the date line ends where the next begins', () => {
    const { start, end } = createCalendar('Pacific/Apia', 1).periodAt(
      'monthly',
      instant('2011-12-30T09:00:00Z'),
    )
    expect([start, end].map(formatInstant)).toEqual(['2011-12-01T10:00:00Z', '2011-12-31T10:00:00Z'])
  })
})

describe('text', () => {
  test.each([
    ['UTC', '2026-11-22T14:02:59.999Z', 'Sun 22 Nov', '14:02'],
    ['UTC', '2026-03-01T00:00:00Z', 'Sun 1 Mar', '00:00'],
    ['America/New_York', '2025-11-02T05:30:00Z', 'Sun 2 Nov', '01:30'],
    ['America/New_York', '2025-11-02T06:30:00Z', 'Sun 2 Nov', '01:30'],
    ['America/New_York', '2025-03-09T07:00:00Z', 'Sun 9 Mar', '03:00'],
    ['Asia/Kathmandu', '2025-12-31T18:15:00Z', 'Thu 1 Jan', '00:00'],
    ['Australia/Lord_Howe', '2025-06-15T13:30:00Z', 'Mon 16 Jun', '00:00'],
  ])('in %s at %s is %s %s', (zone, at, date, clock) => {
    const calendar = createCalendar(zone, 1)
    expect([calendar.date(instant(at)), calendar.clock(instant(at))]).toEqual([date, clock])
  })

  it('writes a day number as an ISO date', () => {
    expect(createCalendar('Asia/Kathmandu', 1).isoDay(dayNumber('2026-11-22'))).toBe('2026-11-22')
  })
})

describe('a zone', () => {
  test.each([
    'UTC',
    'Etc/UTC',
    'GMT',
    'Europe/Berlin',
    'America/Argentina/Ushuaia',
    'Asia/Calcutta',
    'EST5EDT',
  ])('is %s', (name) => {
    expect(isZone(name)).toBe(true)
    expect(createCalendar(name, 1).zone).toBe(name)
  })

  test.each(['', 'local', 'Mars/Base', 'Mars/Base+02', 'UTC ', '+02:00', '-0500', 'Europe', '__proto__'])(
    'is not "%s", and the refusal says what to write',
    (name) => {
      expect(isZone(name)).toBe(false)
      expect(() => createCalendar(name, 1)).toThrow(`"${name}" is no time zone: use an IANA name such as`)
    },
  )
})
