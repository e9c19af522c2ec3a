import type { Dashboard } from '../core/dashboard.ts'
import { amountBar } from './amount-bar.ts'
import { amountText } from './amount.ts'
import { beside } from './beside.ts'
import { dayChart } from './day-chart.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { type Line, span } from './line.ts'
import { nameText } from './name.ts'
import { padEnd, padStart } from './pad.ts'
import { innerColumns, type Page } from './page.ts'

const ROOM_FOR_BOTH = 118
const FEWEST_ROWS = 6
const MOST_ROWS = 20
const GAP = 4
/** The title of the bars, and their dates. */
const AROUND_BARS = 2
const NAME = 24
const AMOUNT = 11

/** Charts are for those who have the room: numbers come first. */
export function hasRoomForCharts(rows: number, page: Page): boolean {
  return Number.isFinite(rows) && rows >= FEWEST_ROWS && innerColumns(page) >= ROOM_FOR_BOTH
}

/** The last days and today's models, as bars beside each other in at most `rows` lines. */
export function todayCharts(
  dashboard: Dashboard,
  rows: number,
  clock: WallClock,
  page: Page,
): readonly Line[] {
  const height = Math.min(rows, MOST_ROWS)
  const half = Math.floor((innerColumns(page) - GAP) / 2)
  if (dashboard.days.length === 0) return []
  const days = [
    [span(`The last ${dashboard.days.length} days`, 'title')],
    ...dayChart(dashboard.days, { columns: half, rows: height - AROUND_BARS }, clock, page),
  ]
  return beside(days, modelBars(dashboard, half, height, page), half + GAP, glyphsOf(page.ascii).ellipsis)
}

function modelBars({ models }: Dashboard, columns: number, rows: number, page: Page): readonly Line[] {
  const { ellipsis } = glyphsOf(page.ascii)
  const most = models.reduce((max, { spend }) => (spend.usd > max ? spend.usd : max), 0n)
  const bars = models.slice(0, rows - 1).map(({ model, spend }): Line => {
    const name = padEnd(nameText(model, page.ascii), NAME, ellipsis)
    const amount = padStart(amountText(spend.usd, spend.uncertain > 0, page.ascii), AMOUNT)
    return [
      span(`${name} ${amount} `),
      span(amountBar(spend.usd, most, columns - NAME - AMOUNT - 2, page.ascii), 'ok'),
    ]
  })
  return [[span("Today's models", 'title')], ...bars]
}
