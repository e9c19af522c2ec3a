import type { ScreenList } from '../core/screen-data.ts'
import type { WallClock } from './header-line.ts'
import { beside } from './beside.ts'
import { glyphsOf } from './glyphs.ts'
import { BLANK, type Line } from './line.ts'
import { type ListLook, listLines } from './list-lines.ts'
import { innerColumns, isCompact, isWide, type Page } from './page.ts'

/** Lists beside each other where there is the room, else one below the other, each below its title or not. */
export function listsPage(
  lists: readonly ScreenList[],
  look: ListLook,
  clock: WallClock,
  page: Page,
  rows: number,
  isTitled: boolean,
): readonly Line[] {
  const [first, ...others] = lists
  if (first === undefined || others.length === 0 || !isWide(page))
    return stackedLists(lists, look, clock, page, rows, isTitled)
  const columns = Math.floor((innerColumns(page) - GAP) / 2)
  const half: Page = { ...page, columns: columns + MARGINS }
  return beside(
    stackedLists([first], look, clock, half, rows, isTitled),
    stackedLists(others, look, clock, half, rows, isTitled),
    columns + GAP,
    glyphsOf(page.ascii).ellipsis,
  )
}

const GAP = 4
const MARGINS = 2

/** One below the other, as much of them as fits around the selected row. */
function stackedLists(
  lists: readonly ScreenList[],
  look: ListLook,
  clock: WallClock,
  page: Page,
  rows: number,
  isTitled: boolean,
): readonly Line[] {
  if (rows <= 0) return []
  const lines: Line[] = []
  let selected = 0
  for (const list of lists) {
    if (lines.length > 0 && !isCompact(page)) lines.push(BLANK)
    const shown = listLines(list, look, clock, page, isTitled)
    if (shown.selected >= 0) selected = lines.length + shown.selected
    lines.push(...shown.lines)
  }
  return windowOf(lines, selected, rows, isTitled ? 2 : 1)
}

/** With fewer the rows say more than what stands above them. */
const LEAST_ROWS = 5

/** So many lines around one, below the first ones, which are titles; the ends stay at the edges, so that nothing moves before it has to. */
export function windowOf(
  lines: readonly Line[],
  around: number,
  rows: number,
  titles: number,
): readonly Line[] {
  if (lines.length <= rows) return lines
  const head = rows > LEAST_ROWS ? titles : 0
  const room = rows - head
  const top = Math.min(lines.length - room, Math.max(head, around - Math.floor(room / 2)))
  return [...lines.slice(0, head), ...lines.slice(top, top + room)]
}
