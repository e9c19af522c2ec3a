import { displayMoney, picodollarsOf } from '../core/money.ts'
import type { DaySpend } from '../core/dashboard.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { type Line, span } from './line.ts'
import { padEnd, padStart } from './pad.ts'
import type { Page } from './page.ts'

const SCALE = 9
const WIDEST_BAR = 4

/** How many of the last days find room in so many columns: 90 where a bar may be one column wide, else 30 or fewer. */
export function daysShown(columns: number): number {
  const room = columns - SCALE - 1
  return room >= 90 ? 90 : Math.max(1, Math.min(30, room))
}

/** Days as upright bars over `rows` lines and their dates below; scaled to the dearest, which the scale names. */
export function dayChart(
  days: readonly DaySpend[],
  size: { readonly columns: number; readonly rows: number },
  clock: WallClock,
  page: Page,
): Line[] {
  const shown = days.slice(-daysShown(size.columns))
  const most = shown.reduce((max, { usd }) => (usd > max ? usd : max), 0n)
  const width = Math.min(WIDEST_BAR, Math.max(1, Math.floor((size.columns - SCALE - 1) / shown.length)))
  const bars = Array.from({ length: size.rows }, (_, row): Line => {
    const from = size.rows - 1 - row
    const label = row === 0 ? displayMoney(picodollarsOf(most)) : ''
    const cells = shown.map(({ usd }) => cellOf(usd, most, from, size.rows, width, page))
    return [span(`${padStart(label, SCALE)} `, 'quiet'), span(cells.join(''), 'ok')]
  })
  return [...bars, axis(shown, width, clock)]
}

/** The part of a bar that is in one line, counted from below. Something is never nothing. */
function cellOf(usd: bigint, most: bigint, from: number, rows: number, width: number, page: Page): string {
  const { heights, track } = glyphsOf(page.ascii)
  const steps = BigInt(rows * heights.length)
  const filled = usd <= 0n || most <= 0n ? 0 : Number((usd * steps + most - 1n) / most)
  const here = Math.min(heights.length, filled - from * heights.length)
  const bar = width > 1 ? width - 1 : 1
  const gap = ' '.repeat(width - bar)
  if (here > 0) return (heights[here - 1] ?? '').repeat(bar) + gap
  return (from === 0 ? track : ' ').repeat(bar) + gap
}

/** The first day, the middle one and today. */
function axis(days: readonly DaySpend[], width: number, { date }: WallClock): Line {
  const columns = days.length * width
  const dayText = (nth: number): string => {
    const day = days[nth]
    return day === undefined
      ? ''
      : date(day.start + 12 * 3_600_000)
          .split(' ')
          .slice(1)
          .join(' ')
  }
  const [first, last] = [dayText(0), 'today']
  const middle = columns >= 40 ? dayText(Math.floor(days.length / 2)) : ''
  const left = padEnd(first, Math.floor(columns / 2))
  const text = padEnd(`${left}${middle}`, columns - last.length) + last
  return [span(`${' '.repeat(SCALE + 1)}${columns < 16 ? last : text}`, 'quiet')]
}
