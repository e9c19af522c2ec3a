import type { ScreenDay } from '../core/screen-data.ts'
import { beside } from './beside.ts'
import { dayChart, daysShown } from './day-chart.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { HEAT_MAP_ROWS, heatMap, heatMapColumns } from './heat-map.ts'
import { BLANK, type Line, span } from './line.ts'
import { innerColumns, isCompact, type Page } from './page.ts'

/** From so many columns on both charts stand beside each other. */
const ROOM_FOR_BOTH = 118
const GAP = 4
const YEAR = 53
/** What is left for the weeks below. */
const LEAST_LIST = 4
/** The title of the bars, and their dates. */
const AROUND_BARS = 2
const FEWEST_BARS = 2
const MOST_BARS = 6
/** Where the year stands beside them. */
const MOST_ROOMY_BARS = 16

/** Days as bars and a year as a heat map, in at most `rows` lines; what finds no room is left out. */
export function historyLines(
  days: readonly ScreenDay[],
  clock: WallClock,
  page: Page,
  rows: number,
): readonly Line[] {
  if (days.length === 0 || rows < 4) return []
  const columns = innerColumns(page)
  const mapColumns = Math.min(columns, heatMapColumns(YEAR))
  const isWide = columns >= ROOM_FOR_BOTH
  const chartColumns = isWide ? columns - mapColumns - GAP : columns
  const gap = isCompact(page) ? [] : [BLANK]
  const left = rows - LEAST_LIST - AROUND_BARS
  const hasMap = isWide || left - gap.length - HEAT_MAP_ROWS >= FEWEST_BARS
  const spare = left - (hasMap ? gap.length + HEAT_MAP_ROWS : 0)
  const roomy = Math.min(MOST_ROOMY_BARS, Math.floor(left / 2))
  const barRows = isWide
    ? Math.max(HEAT_MAP_ROWS - AROUND_BARS, roomy)
    : Math.max(FEWEST_BARS, Math.min(MOST_BARS, spare))
  const chart = [
    title(`The last ${Math.min(days.length, daysShown(chartColumns))} days`),
    ...dayChart(days, { columns: chartColumns, rows: barRows }, clock, page),
  ]
  if (!hasMap) return chart
  const map = heatMap(days, mapColumns, clock, page)
  return isWide
    ? beside(chart, map, chartColumns + GAP, glyphsOf(page.ascii).ellipsis)
    : [...chart, ...gap, ...map]
}

function title(text: string): Line {
  return [span(text, 'title')]
}
