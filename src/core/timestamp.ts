/**
 * Instants as text. `Date.parse` is not used: V8 reads a time without a zone as local time, rolls 30 February over
 * into March and takes "1" for the year 2001, and each of these would move money to another day in silence.
 */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** A day of UTC in milliseconds. */
export const DAY_MS = 24 * HOUR

/** A date of the proleptic Gregorian calendar, without time or zone. */
export interface CivilDate {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

/**
 * Epoch milliseconds of a timestamp, or null when it is none.
 *
 * - RFC 3339, also with a space for `T`, lower-case letters, `+hhmm` or `+hh`, no seconds, `,` before a fraction.
 *   No zone means UTC, a date alone its UTC midnight. Fractions are cut to milliseconds, a leap second `:60` counts
 *   as `:59`, and `24:00` is the next midnight. Dates that do not exist are refused.
 * - Epoch seconds (1e9 to 1e11) or milliseconds (1e12 to 1e14), as a number or its digits, with or without a
 *   fraction. The gap tells them apart: both ranges begin in September 2001.
 *
 * What it returns lies in the years 0001 to 9999, so `formatInstant` can write it and this can read it again.
 */
export function parseTimestamp(value: string | number): number | null {
  if (typeof value === 'number') return parseEpoch(String(value))
  return value.charCodeAt(4) === DASH ? parseCivil(value) : parseEpoch(value)
}

/** RFC 3339 in UTC, `2025-12-15T14:30:00Z`; milliseconds appear only when there are any. Years 0001 to 9999. */
export function formatInstant(ms: number): string {
  const day = Math.floor(ms / DAY_MS)
  const time = ms - day * DAY_MS
  const clock = [time / HOUR, (time % HOUR) / MINUTE, (time % MINUTE) / SECOND].map((part) => padded(part, 2))
  const fraction = Math.floor(time % SECOND)
  return `${formatDay(day)}T${clock.join(':')}${fraction === 0 ? '' : '.' + padded(fraction, 3)}Z`
}

/** The civil day `days` after 1970-01-01 as `2025-12-15`. Years 0001 to 9999. */
export function formatDay(days: number): string {
  const { year, month, day } = civilFromDays(days)
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

// Both conversions count years from 1 March, which puts the leap day last, in eras of 400 years, which all have
// the same length. Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
const DAYS_IN_ERA = 146_097
const EPOCH_IN_ERAS = 719_468

/** Days from 1970-01-01 to a civil date, negative before it. The date must exist. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_IN_ERA + dayOfEra - EPOCH_IN_ERAS
}

/** The civil date `days` after 1970-01-01: the inverse of `daysFromCivil`. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + EPOCH_IN_ERAS
  const era = Math.floor(shifted / DAYS_IN_ERA)
  const dayOfEra = shifted - era * DAYS_IN_ERA
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: era * 400 + yearOfEra + (month > 2 ? 0 : 1),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

// Read from the digits and not by multiplying: 1734273000.123 * 1000 in floating point may fall a millisecond short.
function parseEpoch(text: string): number | null {
  const match = /^([1-9]\d{9,14})(?:\.(\d{1,20}))?$/.exec(text)
  if (match === null) return null
  const whole = Number(match[1])
  if (whole >= 1e12 && whole <= 1e14) return whole
  return whole <= 1e11 ? whole * SECOND + milliseconds(match[2] ?? '') : null
}

const DASH = 0x2d
const EARLIEST = daysFromCivil(1, 1, 1) * DAY_MS
const AFTER_LATEST = daysFromCivil(10_000, 1, 1) * DAY_MS

// Characters at fixed places and no regular expression up to the seconds: a full read does this a million times.
function parseCivil(text: string): number | null {
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 2)
  const day = digitsAt(text, 8, 2)
  if (text.charCodeAt(7) !== DASH || !exists(year, month, day)) return null
  const time = text.length === 10 ? 0 : parseTime(text)
  if (time === null) return null
  const instant = daysFromCivil(year, month, day) * DAY_MS + time
  return instant >= EARLIEST && instant < AFTER_LATEST ? instant : null
}

/** Milliseconds from the UTC midnight of the date to the time written behind it. */
function parseTime(text: string): number | null {
  const hour = digitsAt(text, 11, 2)
  const minute = digitsAt(text, 14, 2)
  const hasSeconds = text[16] === ':'
  const second = hasSeconds ? digitsAt(text, 17, 2) : 0
  if (!isSeparator(text[10]) || text[13] !== ':') return null
  if (!(hour <= 24 && minute <= 59 && second <= 60)) return null
  const rest = text.slice(hasSeconds ? 19 : 16)
  const tail = rest === 'Z' ? UTC_TAIL : parseTail(rest, hasSeconds)
  if (tail === null) return null
  const time = hour * HOUR + minute * MINUTE + Math.min(second, 59) * SECOND + tail.fraction
  return hour === 24 && (minute > 0 || second > 0 || tail.fraction > 0) ? null : time - tail.offset
}

function isSeparator(letter: string | undefined): boolean {
  return letter === 'T' || letter === 't' || letter === ' '
}

/** What follows the seconds, both in milliseconds. */
interface Tail {
  readonly fraction: number
  readonly offset: number
}

const UTC_TAIL: Tail = { fraction: 0, offset: 0 }

function parseTail(text: string, mayHaveFraction: boolean): Tail | null {
  if (mayHaveFraction && text.length === 5 && text[0] === '.' && text[4] === 'Z') {
    // What `toISOString` writes, and so most tools: twice as fast without the expression.
    const fraction = digitsAt(text, 1, 3)
    return fraction >= 0 ? { fraction, offset: 0 } : null
  }
  const match = /^(?:[.,](\d{1,20}))?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?$/.exec(text)
  if (match === null || (match[1] !== undefined && !mayHaveFraction)) return null
  const hours = Number(match[3] ?? 0)
  const minutes = Number(match[4] ?? 0)
  if (hours > 23 || minutes > 59) return null
  const east = hours * HOUR + minutes * MINUTE
  return { fraction: milliseconds(match[1] ?? ''), offset: match[2] === '-' ? -east : east }
}

/** Digits behind a decimal point of seconds, cut to whole milliseconds. */
function milliseconds(digits: string): number {
  return Number(digits.slice(0, 3).padEnd(3, '0'))
}

/** The number that `count` digits from `start` make; NaN, which passes no comparison, when one is no digit. */
function digitsAt(text: string, start: number, count: number): number {
  let value = 0
  for (let index = start; index < start + count; index++) {
    const digit = text.charCodeAt(index) - 0x30
    if (!(digit >= 0 && digit <= 9)) return NaN
    value = value * 10 + digit
  }
  return value
}

function exists(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

function padded(value: number, width: number): string {
  return String(Math.floor(value)).padStart(width, '0')
}
