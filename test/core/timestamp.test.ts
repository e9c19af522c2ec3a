import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  civilFromDays,
  daysFromCivil,
  formatDay,
  formatInstant,
  parseTimestamp,
} from '../../src/core/timestamp.ts'

const DAY = 86_400_000
const FIRST = daysFromCivil(1, 1, 1)
const LAST = daysFromCivil(9999, 12, 31)
const anyInstant = fc.integer({ min: FIRST * DAY, max: (LAST + 1) * DAY - 1 })
const anyDay = fc.integer({ min: FIRST, max: LAST })

describe('parseTimestamp reads', () => {
  test.each<[why: string, text: string, utc: string]>([
    ['Z', '2025-12-15T14:30:00Z', '2025-12-15T14:30:00.000Z'],
    ['lower-case letters', '2025-12-15t14:30:00z', '2025-12-15T14:30:00.000Z'],
    ['a space for T', '2025-12-15 14:30:00Z', '2025-12-15T14:30:00.000Z'],
    ['+hh:mm', '2025-12-15T14:30:00+02:00', '2025-12-15T12:30:00.000Z'],
    ['+hhmm', '2025-12-15T14:30:00+0200', '2025-12-15T12:30:00.000Z'],
    ['+hh', '2025-12-15 14:30:00+02', '2025-12-15T12:30:00.000Z'],
    ['-hh:mm', '2025-12-15T14:30:00-05:00', '2025-12-15T19:30:00.000Z'],
    ['a zone of quarter hours', '2025-12-15T14:30:00+05:45', '2025-12-15T08:45:00.000Z'],
    ['a negative zone of half hours', '2025-12-15T14:30:00-03:30', '2025-12-15T18:00:00.000Z'],
    ['minus zero', '2025-12-15T14:30:00-00:00', '2025-12-15T14:30:00.000Z'],
    ['a zone that moves it to the next day', '2025-12-31T23:30:00-01:00', '2026-01-01T00:30:00.000Z'],
    ['a zone that moves it to the day before', '2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
    ['no zone as UTC', '2025-12-15T14:30:00', '2025-12-15T14:30:00.000Z'],
    ['no zone inside an hour that New York skips', '2025-03-09T02:30:00', '2025-03-09T02:30:00.000Z'],
    ['no zone with a fraction as UTC', '2025-12-15 14:30:00.25', '2025-12-15T14:30:00.250Z'],
    ['a date alone as UTC midnight', '2025-12-15', '2025-12-15T00:00:00.000Z'],
    ['no seconds', '2025-12-15T14:30', '2025-12-15T14:30:00.000Z'],
    ['no seconds with a zone', '2025-12-15T14:30+02:00', '2025-12-15T12:30:00.000Z'],
    ['milliseconds', '2025-12-15T14:30:00.123Z', '2025-12-15T14:30:00.123Z'],
    ['tenths', '2025-12-15T14:30:00.1Z', '2025-12-15T14:30:00.100Z'],
    ['a comma before the fraction', '2025-12-15 14:30:00,123', '2025-12-15T14:30:00.123Z'],
    ['microseconds, cut', '2025-12-15T14:30:00.123999Z', '2025-12-15T14:30:00.123Z'],
    ['nanoseconds with a zone, cut', '2025-12-15T14:30:00.999999999+01:00', '2025-12-15T13:30:00.999Z'],
    ['a leap second as :59', '2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
    ['a fraction of a leap second', '2016-12-31T23:59:60.5Z', '2016-12-31T23:59:59.500Z'],
    ['24:00 as the next midnight', '2025-12-31T24:00:00Z', '2026-01-01T00:00:00.000Z'],
    ['24:00 on a leap day', '2024-02-29T24:00', '2024-03-01T00:00:00.000Z'],
    ['a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['the leap day of a 400th year', '2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['an instant before 1970', '1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
    ['the first year', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['the last year', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['digits of seconds', '1734273000', '2024-12-15T14:30:00.000Z'],
    ['digits of seconds with a fraction', '1734273000.123987', '2024-12-15T14:30:00.123Z'],
    ['digits of milliseconds', '1734273000123', '2024-12-15T14:30:00.123Z'],
  ])('%s: %s', (_why, text, utc) => {
    const instant = parseTimestamp(text)
    expect(instant === null ? null : new Date(instant).toISOString()).toBe(utc)
  })

  test.each<[why: string, value: number, ms: number]>([
    ['seconds', 1_734_273_000, 1_734_273_000_000],
    ['seconds with a fraction that floating point cannot hold', 1_734_273_000.123, 1_734_273_000_123],
    ['seconds with microseconds, cut', 1_734_273_000.999999, 1_734_273_000_999],
    ['milliseconds', 1_734_273_000_123, 1_734_273_000_123],
    ['milliseconds with a fraction, cut', 1_734_273_000_123.75, 1_734_273_000_123],
    ['the least seconds', 1e9, 1e12],
    ['the most seconds', 1e11, 1e14],
    ['the least milliseconds', 1e12, 1e12],
    ['the most milliseconds', 1e14, 1e14],
  ])('a number of %s', (_why, value, ms) => {
    expect(parseTimestamp(value)).toBe(ms)
  })
})

describe('parseTimestamp refuses', () => {
  test.each([
    ['nothing', ''],
    ['words', 'yesterday'],
    ['what V8 takes for the year 2001', '1'],
    ['30 February', '2025-02-30T10:00:00Z'],
    ['29 February of a common year', '2025-02-29'],
    ['29 February of a 100th year', '1900-02-29'],
    ['31 April', '2025-04-31'],
    ['day 0', '2025-01-00'],
    ['month 0', '2025-00-10'],
    ['month 13', '2025-13-01'],
    ['year 0', '0000-01-01T00:00:00Z'],
    ['year 0 by way of the zone', '0001-01-01T00:00:00+00:01'],
    ['year 10000 by way of the zone', '9999-12-31T23:59:59-00:01'],
    ['year 10000 by way of 24:00', '9999-12-31T24:00:00Z'],
    ['hour 25', '2025-12-15T25:00:00Z'],
    ['a minute after 24:00', '2025-12-15T24:01:00Z'],
    ['a millisecond after 24:00', '2025-12-15T24:00:00.001Z'],
    ['minute 60', '2025-12-15T14:60:00Z'],
    ['second 61', '2025-12-15T14:30:61Z'],
    ['an hour alone', '2025-12-15T14'],
    ['one digit', '2025-12-15T14:3:00Z'],
    ['a point without digits', '2025-12-15T14:30:00.Z'],
    ['a fraction of a minute', '2025-12-15T14:30.500Z'],
    ['letters in the fraction', '2025-12-15T14:30:00.1a3Z'],
    ['a separator at the end', '2025-12-15T'],
    ['a zone on a date', '2025-12-15Z'],
    ['two zones', '2025-12-15T14:30:00ZZ'],
    ['a sign without a zone', '2025-12-15T14:30:00+'],
    ['a zone of 24 hours', '2025-12-15T14:30:00+24:00'],
    ['a zone of 60 minutes', '2025-12-15T14:30:00+01:60'],
    ['a zone by name', '2025-12-15T14:30:00 CET'],
    ['slashes', '2025/12/15'],
    ['other digits', '２０２５-12-15'],
    ['a line break behind it', '2025-12-15T14:30:00Z\n'],
    ['seconds out of range', '999999999'],
    ['digits between the ranges', '500000000000'],
    ['microseconds', '1734273000123456'],
    ['a sign', '+1734273000'],
    ['an exponent', '1.7e9'],
    ['hexadecimal', '0x675ee5a8'],
  ])('%s: %j', (_why, text) => {
    expect(parseTimestamp(text)).toBeNull()
  })

  test.each([
    0,
    1,
    -1_734_273_000,
    999_999_999,
    1e11 + 1,
    5e11,
    1e12 - 1,
    1e14 + 1,
    1e21,
    1e300,
    NaN,
    Infinity,
  ])('the number %d', (value) => {
    expect(parseTimestamp(value)).toBeNull()
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{4}-[0-9TtZz:+. -]{0,30}$/)), (text) => {
        const instant = parseTimestamp(text)
        return instant === null || Number.isInteger(instant)
      }),
    )
  })
})

describe('formatInstant', () => {
  test.each([
    [0, '1970-01-01T00:00:00Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [Date.UTC(2025, 11, 15, 14, 30), '2025-12-15T14:30:00Z'],
    [Date.UTC(2025, 11, 15, 14, 30, 5, 7), '2025-12-15T14:30:05.007Z'],
    [FIRST * DAY, '0001-01-01T00:00:00Z'],
  ])('%d is %s', (ms, text) => {
    expect(formatInstant(ms)).toBe(text)
  })

  it('writes what Date writes, without empty milliseconds', () => {
    fc.assert(
      fc.property(anyInstant, (ms) => {
        expect(formatInstant(ms)).toBe(new Date(ms).toISOString().replace('.000Z', 'Z'))
      }),
    )
  })

  it('is read back as the same instant', () => {
    fc.assert(fc.property(anyInstant, (ms) => parseTimestamp(formatInstant(ms)) === ms))
  })

  it('is read back as the same instant from any zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: -1439, max: 1439 }),
        fc.constantFrom(':', ''),
        (ms, minutes, colon) => {
          const size = Math.abs(minutes)
          const hhmm = [Math.floor(size / 60), size % 60]
            .map((part) => String(part).padStart(2, '0'))
            .join(colon)
          const wall = formatInstant(ms + minutes * 60_000).slice(0, -1)
          return parseTimestamp(wall + (minutes < 0 ? '-' : '+') + hhmm) === ms
        },
      ),
    )
  })
})

describe('civil days', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2000-03-01', 11_017],
    ['0001-01-01', -719_162],
    ['9999-12-31', 2_932_896],
  ])('%s is day %d', (text, day) => {
    expect(formatDay(day)).toBe(text)
    expect(parseTimestamp(text)).toBe(day * DAY)
  })

  it('agree with Date in every year that can be written', () => {
    fc.assert(
      fc.property(anyDay, (days) => {
        const { year, month, day } = civilFromDays(days)
        const date = new Date(days * DAY)
        expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()])
        expect(daysFromCivil(year, month, day)).toBe(days)
      }),
    )
  })

  it('follow each other without a gap through four centuries', () => {
    let expected = daysFromCivil(1999, 12, 31)
    for (let year = 2000; year < 2400; year++) {
      for (let month = 1; month <= 12; month++) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
        for (let day = 1; day <= last; day++) {
          expected += 1
          if (daysFromCivil(year, month, day) !== expected) expect.fail(`${year}-${month}-${day}`)
        }
      }
    }
    expect(expected).toBe(daysFromCivil(2399, 12, 31))
  })
})
