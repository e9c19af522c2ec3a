import type { Value } from '../core/report.ts'
import type { ListRow, ScreenList } from '../core/screen-data.ts'
import type { ScreenView } from './screen-view.ts'

/** The rows of a list that somebody wants to see, in the order that was asked for. */
export function ordered(list: ScreenList, { filter, sort, reversed }: ScreenView): ScreenList {
  const rows = list.rows.filter((row) => hasText(row, filter))
  const nth = list.columns.findIndex(({ key }) => key === sort)
  const sorted = nth < 0 ? rows : rows.toSorted((a, b) => compared(a.cells[nth], b.cells[nth]))
  const shown = { ...list, rows: reversed ? sorted.toReversed() : sorted }
  // The sum of rows that are hidden would be taken for that of the others.
  return filter === '' ? shown : { ...shown, total: null, left: 0, none: 'no row has this text' }
}

/** The column after one, in the order in which they stand; null after the last. */
export function nextColumn(list: ScreenList, sort: string | null): string | null {
  const nth = list.columns.findIndex(({ key }) => key === sort)
  return list.columns[nth + 1]?.key ?? null
}

function hasText({ key, cells }: ListRow, filter: string): boolean {
  if (filter === '') return true
  const wanted = filter.toLowerCase()
  return [key, ...cells.map(textOf)].some((text) => text.toLowerCase().includes(wanted))
}

function textOf(value: Value): string {
  if (value.kind === 'name') return value.name
  return value.kind === 'word' ? value.word : ''
}

/** Numbers from the largest on, text from A on: what somebody who sorts is after. What has no value comes last. */
function compared(a: Value | undefined, b: Value | undefined): number {
  const [left, right] = [rankOf(a), rankOf(b)]
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  if (typeof left === 'string' || typeof right === 'string') {
    return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0
  }
  return left > right ? -1 : left < right ? 1 : 0
}

function rankOf(value: Value | undefined): bigint | number | string | null {
  switch (value?.kind) {
    case undefined:
    case 'none':
      return null
    case 'money':
      return value.usd
    case 'count':
      return value.count
    case 'share':
      return value.share
    case 'change':
      return value.change
    case 'number':
      return value.number
    case 'instant':
      return value.at
    case 'duration':
      return value.ms
    case 'name':
      return value.name
    case 'word':
      return value.word === '' ? null : value.word
  }
}
