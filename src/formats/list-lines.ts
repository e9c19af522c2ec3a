import type { Value } from '../core/report.ts'
import type { ListColumn, ScreenList } from '../core/screen-data.ts'
import { shortIds } from '../core/short-ids.ts'
import { badgeText } from '../core/standing.ts'
import { cellText, clipped } from './cell-text.ts'
import { countOf } from './count.ts'
import { glyphsOf } from './glyphs.ts'
import type { WallClock } from './header-line.ts'
import { badgeColumns } from './level.ts'
import { cutLine, type Line, span, type Span } from './line.ts'
import { nameText, shortModel } from './name.ts'
import { textWidth } from './pad.ts'
import { innerColumns, isNarrow, type Page } from './page.ts'
import { type Column, naturalWidth, tableLines } from './table.ts'
import { isNumeric } from './value-text.ts'

/** How a list is shown besides what is in it. */
export interface ListLook {
  /** The key of the row that keys are about; null for none. */
  readonly selected: string | null
  /** The key of the column by which it is sorted; null for none. */
  readonly sort: string | null
  readonly reversed: boolean
}

/** A list as lines, and which of them is the selected row; -1 for none. */
export interface ListLines {
  readonly lines: readonly Line[]
  readonly selected: number
}

/** Of a name so much says what it is. */
const LEAST_TEXT = 14
const LEAST_NARROW = 8
const LONGEST_ID = 30
const ROOM_FOR_MODELS = 100
const MARK = 2
/** Rows are spread over so many columns, which an eye still follows. */
const WIDEST_SPREAD = 118

/** Title, column titles, rows and total of a list; without the title when it stands above already. */
export function listLines(
  list: ScreenList,
  look: ListLook,
  clock: WallClock,
  page: Page,
  isTitled = true,
): ListLines {
  const { ellipsis, pointer } = glyphsOf(page.ascii)
  const columns = innerColumns(page)
  const count = span(` (${list.rows.length + list.left})`, 'quiet')
  const title: readonly Line[] = isTitled ? [[span(list.title, 'title'), count]] : []
  if (list.rows.length === 0) {
    const none = cutLine([span(`  ${nameText(list.none, page.ascii)}`, 'quiet')], columns, ellipsis)
    return { lines: isTitled ? [[span(list.title, 'title')], none] : [none], selected: -1 }
  }
  const parts = columnsOf(list, look, clock, page)
  const gap = isNarrow(page) ? 1 : 2
  // Room beyond what every cell takes would tear the rows apart.
  const natural = parts.reduce((sum, part) => sum + naturalWidth(part) + gap, 0)
  const table = tableLines(parts, Math.min(columns - MARK, Math.max(WIDEST_SPREAD, natural)), ellipsis, gap)
  const selected = list.rows.findIndex(({ key }) => key === look.selected)
  const marked = table.map((line, nth): Line => {
    const isSelected = selected >= 0 && nth === selected + 1
    const mark = span(isSelected ? `${pointer} ` : '  ', isSelected ? 'selected' : 'plain')
    // Numbers never give way, so that on the narrowest pages they run over the edge.
    return cutLine([mark, ...(isSelected ? line.map(asSelected) : line)], columns, ellipsis)
  })
  const rest: readonly Line[] =
    list.left === 0 ? [] : [[span(`  and ${countOf(list.left, 'other')} that cost less`, 'quiet')]]
  return { lines: [...title, ...marked, ...rest], selected: selected < 0 ? -1 : title.length + selected + 1 }
}

/** A level keeps its own look. */
function asSelected({ text, tone }: Span): Span {
  return span(text, tone === 'plain' || tone === 'quiet' ? 'selected' : tone)
}

function columnsOf(list: ScreenList, look: ListLook, clock: WallClock, page: Page): readonly Column[] {
  const columns = list.columns.flatMap((column, nth) =>
    isEmpty(list, column, nth) ? [] : [columnOf(list, column, nth, look, clock, page)],
  )
  if (list.rows.every(({ standing }) => standing === null)) return columns
  const badges = list.rows.map(({ standing }) =>
    standing === null ? span('') : span(badgeText(standing, page.ascii), standing),
  )
  const width = badgeColumns(page.ascii)
  return [...columns, { cells: [span(''), ...badges], align: 'left', least: width, most: width }]
}

function columnOf(
  list: ScreenList,
  column: ListColumn,
  nth: number,
  look: ListLook,
  clock: WallClock,
  page: Page,
): Column {
  const values = list.rows.map(({ cells }) => cells[nth] ?? NOTHING)
  const total = list.total?.[nth]
  const texts = textsOf(column, values, clock, page)
  const head = span(headOf(column, look, page), 'quiet')
  const foot = total === undefined ? [] : [span(cellText(total, clock, page), 'quiet')]
  const cells = [head, ...texts.map((text) => span(text)), ...foot]
  const widest = Math.max(...cells.map(({ text }) => textWidth(text)))
  const isNumber = values.every((value) => isNumeric(value) || isBlank(value))
  const least = column.isText === true ? Math.min(widest, isNarrow(page) ? LEAST_NARROW : LEAST_TEXT) : widest
  return {
    cells,
    align: isNumber ? 'right' : 'left',
    least: column.isId === true ? Math.min(widest, LONGEST_ID) : least,
    most: column.isId === true ? LONGEST_ID : Infinity,
    ...(column.isText === true ? { grows: true } : {}),
    ...(column.expendable === undefined ? {} : { expendable: column.expendable }),
  }
}

/** Most ledgers know nothing of some labels. */
function isEmpty({ rows }: ScreenList, { expendable }: ListColumn, nth: number): boolean {
  return expendable !== undefined && rows.every(({ cells }) => isBlank(cells[nth] ?? NOTHING))
}

const NOTHING: Value = { kind: 'none' }

function isBlank(value: Value): boolean {
  return value.kind === 'word' && value.word === ''
}

function textsOf(
  column: ListColumn,
  values: readonly Value[],
  clock: WallClock,
  page: Page,
): readonly string[] {
  const isModel = column.key === 'model' && page.columns < ROOM_FOR_MODELS
  const texts = values.map((value) => {
    if (value.kind !== 'name') return cellText(value, clock, page)
    // An id has to stay whole to be told from others.
    if (column.isId === true) return value.name
    return clipped(isModel ? shortModel(value.name) : value.name)
  })
  if (column.isId !== true) return texts.map((text) => nameText(text, page.ascii))
  const names = shortIds(texts, isNarrow(page) ? 8 : 15, glyphsOf(page.ascii).ellipsis)
  return texts.map((text) => nameText(clipped(names.get(text) ?? text), page.ascii))
}

function headOf({ key, title }: ListColumn, { sort, reversed }: ListLook, { ascii }: Page): string {
  const { falling, rising } = glyphsOf(ascii)
  return key === sort ? `${title}${reversed ? rising : falling}` : title
}
