import type { ListRow, ScreenList } from '../core/screen-data.ts'
import { badgeText } from '../core/standing.ts'
import { cellText } from './cell-text.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { type Line, span } from './line.ts'
import { padEnd } from './pad.ts'
import { innerColumns, type Page } from './page.ts'
import { wrapText } from './wrap.ts'

const LABEL = 12
const MOST_LINES = 8

/** All that a row says, one line or more for each column, with nothing left out for want of room. */
export function rowLines({ columns }: ScreenList, row: ListRow, clock: WallClock, page: Page): Line[] {
  const { ellipsis } = glyphsOf(page.ascii)
  const room = innerColumns(page) - LABEL - 1
  const lines = columns.flatMap(({ title }, nth) => {
    const value = row.cells[nth]
    const text = value === undefined ? '' : cellText(value, clock, page)
    return wrapText(text, room, MOST_LINES, ellipsis).map((part, line): Line => [
      span(`${padEnd(line === 0 ? title : '', LABEL)} `, 'quiet'),
      span(part),
    ])
  })
  if (row.standing === null) return lines
  const badge = span(badgeText(row.standing, page.ascii), row.standing)
  return [...lines, [span(`${padEnd('level', LABEL)} `, 'quiet'), badge]]
}
