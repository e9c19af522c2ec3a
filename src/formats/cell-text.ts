import { durationText } from '../core/duration.ts'
import type { Value } from '../core/report.ts'
import { amountText, ratioText } from './amount.ts'
import { changeText, numberText } from './value-text.ts'
import { thousands } from './count.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { nameText } from './name.ts'
import { isNarrow, type Page } from './page.ts'

/** From so many columns on there is room for all digits of a count. */
const ROOM_FOR_DIGITS = 120

/** A value in a list of the pane: money with cents, counts in few columns, instants as clocks on the wall show them. */
export function cellText(value: Value, clock: WallClock, page: Page): string {
  const { none } = glyphsOf(page.ascii)
  switch (value.kind) {
    case 'money':
      return amountText(value.usd, value.lowerBound, page.ascii)
    case 'count':
      return page.columns < ROOM_FOR_DIGITS ? briefCount(value.count) : thousands(value.count)
    case 'share':
      return ratioText(value.share, page.ascii)
    case 'change':
      return changeText(value.change, none)
    case 'number':
      return value.number === null ? none : numberText(value.number)
    case 'name':
      return nameText(clipped(value.name), page.ascii)
    case 'word':
      return nameText(clipped(value.word), page.ascii)
    case 'instant':
      return value.at === null ? none : `${dateText(value.at, clock, page)} ${clock.clock(value.at)}`
    case 'duration':
      return durationText(value.ms)
    case 'none':
      return none
  }
}

/** No page has room for more, and a name of ten thousand characters takes as long to measure as a thousand names. */
const LONGEST_TEXT = 600

export function clipped(text: string): string {
  return text.length <= LONGEST_TEXT ? text : text.slice(0, LONGEST_TEXT)
}

/** Without the day of the week where columns are few. */
function dateText(at: number, { date }: WallClock, page: Page): string {
  return isNarrow(page) ? date(at).split(' ').slice(1).join(' ') : date(at)
}

/** `980`, `1,053`, `12.3k`, `4.0M`, `120M`, `1.2G`: in at most five columns, and cut, never rounded up. */
export function briefCount(count: number): string {
  const unit = UNITS.find(([size]) => Math.abs(count) >= size)
  if (unit === undefined || Math.abs(count) < FEWEST_CUT) return thousands(count)
  const [size, letter] = unit
  const tenths = Math.trunc((count * 10) / size)
  const whole = Math.trunc(tenths / 10)
  return Math.abs(tenths) >= 1000 ? `${whole}${letter}` : `${whole}.${Math.abs(tenths % 10)}${letter}`
}

/** All digits of less need no more room. */
const FEWEST_CUT = 10_000

const UNITS: readonly (readonly [size: number, letter: string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
]
