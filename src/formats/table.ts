import { BLANK, type Line, span, type Span } from './line.ts'
import { padEnd, padStart, textWidth } from './pad.ts'

export interface Column {
  /** One for each row. */
  readonly cells: readonly Span[]
  readonly align: 'left' | 'right'
  /** Columns it never goes below while others can give; also its width when its cells are shorter. */
  readonly least: number
  /** Columns it never goes beyond. */
  readonly most: number
  /** The last such column takes the room that is left over, so that what follows ends at the right edge. */
  readonly grows?: boolean
  /** Left out when there is no room for the least of every column: the highest number first. */
  readonly expendable?: number
}

/** The rows of a table in at most `columns` columns: the widest flexible columns give way first. */
export function tableLines(
  table: readonly Column[],
  columns: number,
  ellipsis: string,
  gap: number = USUAL_GAP,
): Line[] {
  const shown = withoutExpendable(table, columns, gap)
  const widths = shown.map(naturalWidth)
  const room = columns - gapsOf(shown, gap)
  for (let excess = sum(widths) - room; excess > 0; excess--) {
    const widest = widestFlexible(shown, widths)
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  const growing = shown.findLastIndex(({ grows }) => grows === true)
  if (growing >= 0) widths[growing] = (widths[growing] ?? 0) + Math.max(0, room - sum(widths))
  const rows = Math.max(0, ...shown.map(({ cells }) => cells.length))
  return Array.from({ length: rows }, (_, row) => tableRow(shown, widths, row, ellipsis, gap))
}

const USUAL_GAP = 2

function withoutExpendable(table: readonly Column[], columns: number, gap: number): readonly Column[] {
  const least = sum(table.map((column) => column.least)) + gapsOf(table, gap)
  const [next] = table
    .filter(({ expendable }) => expendable !== undefined)
    .toSorted((a, b) => (b.expendable ?? 0) - (a.expendable ?? 0))
  if (least <= columns || next === undefined) return table
  return withoutExpendable(
    table.filter((column) => column !== next),
    columns,
    gap,
  )
}

function gapsOf(table: readonly Column[], gap: number): number {
  return gap * Math.max(0, table.length - 1)
}

function tableRow(
  table: readonly Column[],
  widths: readonly number[],
  row: number,
  ellipsis: string,
  gap: number,
): Line {
  return table.reduce<Line>((line, { cells, align }, index) => {
    const cell = cells[row] ?? span('')
    const pad = align === 'right' ? padStart : padEnd
    const text = pad(cell.text, widths[index] ?? 0, ellipsis)
    return [...line, ...(index === 0 ? [] : [span(' '.repeat(gap))]), { text, tone: cell.tone }]
  }, BLANK)
}

/** How wide a column would like to be. */
export function naturalWidth({ cells, least, most }: Column): number {
  const widest = cells.reduce((width, { text }) => Math.max(width, textWidth(text)), least)
  return Math.min(most, widest)
}

function widestFlexible(table: readonly Column[], widths: readonly number[]): number {
  const flexible = widths.map((width, index) => (width > (table[index]?.least ?? 0) ? width : -1))
  const widest = Math.max(-1, ...flexible)
  return widest < 0 ? -1 : flexible.indexOf(widest)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
