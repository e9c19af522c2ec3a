import { daysFromCivil } from './timestamp.ts'

const QUOTE = 0x22
const DASH = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const COLON = 0x3a
const LETTER_T = 0x54
const LETTER_Z = 0x5a
const DAY = 86_400_000

/** Bytes of `"2025-12-15T`: a multiple of four. */
const DATE_BYTES = 12
/** Bytes of the longest plain timestamp, with both quotes and milliseconds, and the one behind it. */
const MOST_BYTES = 27

/** Reads `"2025-12-15T14:30:00Z"`, with or without milliseconds. Neighbouring lines mostly share their date. */
export class ScannedTimestamp {
  /** Epoch milliseconds of what was read last. */
  instant = 0

  readonly #date = new DataView(new ArrayBuffer(DATE_BYTES))
  #dayStart = 0

  /** The index behind the timestamp at `at`, or -1 when it is not plain. */
  read(bytes: Uint8Array, view: DataView, at: number, limit: number): number {
    if (at + MOST_BYTES > limit || (!this.#isSameDate(view, at) && !this.#readDate(bytes, view, at)))
      return -1
    if (bytes[at + 14] !== COLON || bytes[at + 17] !== COLON) return -1
    const hour = two(bytes, at + 12)
    const minute = two(bytes, at + 15)
    const second = two(bytes, at + 18)
    // Leap seconds and 24:00 are for the careful reader.
    if (hour > 23 || minute > 59 || second > 59) return -1
    let milliseconds = 0
    let end = at + 20
    if (bytes[end] === DOT) {
      const tens = two(bytes, end + 1)
      const ones = two(bytes, end + 2)
      if (tens > 99 || ones > 99) return -1
      milliseconds = tens * 10 + (ones % 10)
      end += 4
    }
    if (bytes[end] !== LETTER_Z || bytes[end + 1] !== QUOTE) return -1
    this.instant = this.#dayStart + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
    return end + 2
  }

  #isSameDate(view: DataView, at: number): boolean {
    for (let i = 0; i < DATE_BYTES; i += 4) {
      if (view.getInt32(at + i, true) !== this.#date.getInt32(i, true)) return false
    }
    return true
  }

  #readDate(bytes: Uint8Array, view: DataView, at: number): boolean {
    if (
      bytes[at] !== QUOTE ||
      bytes[at + 5] !== DASH ||
      bytes[at + 8] !== DASH ||
      bytes[at + 11] !== LETTER_T
    )
      return false
    const century = two(bytes, at + 1)
    const years = two(bytes, at + 3)
    const month = two(bytes, at + 6)
    const day = two(bytes, at + 9)
    const year = century * 100 + years
    if (century > 99 || years > 99 || year === 0 || month < 1 || month > 12) return false
    if (day < 1 || day > daysInMonth(year, month)) return false
    this.#dayStart = daysFromCivil(year, month, day) * DAY
    for (let i = 0; i < DATE_BYTES; i += 4) this.#date.setInt32(i, view.getInt32(at + i, true), true)
    return true
  }
}

/** The two digits at `at` as a number; above 99 when they are none. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO
  const ones = bytes[at + 1]! - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
