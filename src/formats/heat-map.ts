import type { ScreenDay } from '../core/screen-data.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { type Line, span } from './line.ts'
import { padEnd } from './pad.ts'
import type { Page } from './page.ts'

const WEEK = 7
const LABEL = 4

/** Columns that so many weeks need. */
export function heatMapColumns(weeks: number): number {
  return LABEL + weeks
}

/** Lines of every heat map: months, seven days, and what the shades mean. */
export const HEAT_MAP_ROWS = 1 + WEEK + 1

/** A year at a glance: one column for each week, one line for each day of it, the darker the more was spent. */
export function heatMap(days: readonly ScreenDay[], columns: number, clock: WallClock, page: Page): Line[] {
  const { shades } = glyphsOf(page.ascii)
  const weeks = weeksOf(days).slice(-Math.max(1, columns - LABEL))
  const steps = stepsOf(weeks.flat())
  const lines = Array.from({ length: WEEK }, (_, weekday): Line => [
    span(dayLabel(weeks, weekday, clock), 'quiet'),
    ...weeks.map((week) => cellOf(week[weekday], steps, shades)),
  ])
  const legend: Line = [
    span(`${' '.repeat(LABEL)}a year: less `, 'quiet'),
    ...shades.map((shade, nth) => span(shade, nth === 0 ? 'track' : 'ok')),
    span(' more', 'quiet'),
  ]
  return [monthLine(weeks, clock), ...lines.map(merged), legend]
}

type Week = readonly ScreenDay[]

function weeksOf(days: readonly ScreenDay[]): readonly Week[] {
  return Array.from({ length: Math.ceil(days.length / WEEK) }, (_, nth) =>
    days.slice(WEEK * nth, WEEK * (nth + 1)),
  )
}

/** Where the days with spend fall into four equal parts: a single dear day does not make all others pale. */
function stepsOf(days: readonly ScreenDay[]): readonly bigint[] {
  const amounts = days
    .map(({ usd }): bigint => usd)
    .filter((usd) => usd > 0n)
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return [1, 2, 3].map((quarter) => amounts[Math.floor((quarter * amounts.length) / 4)] ?? 0n)
}

function cellOf(day: ScreenDay | undefined, steps: readonly bigint[], shades: readonly string[]) {
  if (day === undefined) return span(' ')
  if (day.usd <= 0n) return span(shades[0] ?? '', 'track')
  const { usd } = day
  return span(shades[1 + steps.filter((step) => usd > step).length] ?? '', 'ok')
}

/** Every other day has its name. */
function dayLabel(weeks: readonly Week[], weekday: number, { date }: WallClock): string {
  const day = weeks[0]?.[weekday]
  const name = day === undefined || weekday % 2 === 1 ? '' : (date(noonOf(day)).split(' ')[0] ?? '')
  return padEnd(name, LABEL)
}

/** Above the week in which a month begins; what has no room is left out. */
function monthLine(weeks: readonly Week[], { date }: WallClock): Line {
  let text = ' '.repeat(LABEL)
  for (const [nth, week] of weeks.entries()) {
    const first = week.find((day) => date(noonOf(day)).split(' ')[1] === '1')
    const at = LABEL + nth
    if (first === undefined || at < text.length || at + 3 > LABEL + weeks.length) continue
    text = `${padEnd(text, at)}${date(noonOf(first)).split(' ')[2] ?? ''} `
  }
  return [span(text.trimEnd(), 'quiet')]
}

/** Whatever the clocks did at midnight. */
function noonOf({ start }: ScreenDay): number {
  return start + 12 * 3_600_000
}

/** Neighbours of one tone as one span: a year has fifty of them in each line. */
function merged(line: Line): Line {
  const spans: { text: string; tone: Line[number]['tone'] }[] = []
  for (const { text, tone } of line) {
    const last = spans.at(-1)
    if (last?.tone === tone) last.text += text
    else spans.push({ text, tone })
  }
  return spans
}
