import type { Group } from '../core/groups.ts'
import { name, word } from '../core/report.ts'
import type { ScreenList } from '../core/screen-data.ts'
import { listColumns } from './screen-columns.ts'
import { type SumColumn, valuesOf } from './sum-columns.ts'
import { type Sum, sumsByLabel } from './sums.ts'
import type { Selection } from './usage.ts'

/** Which label, what the list is called, and what it tells of each. */
export interface LabelList {
  readonly label: keyof Group
  readonly title: string
  readonly columns: readonly SumColumn[]
  readonly mostRows: number
}

/** What was selected, whose sum is `total`, by a label: most spend first. */
export function labelList(selection: Selection, total: Sum, about: LabelList): ScreenList {
  const { label, title, columns, mostRows } = about
  const sums = sumsByLabel(selection, label)
  return {
    title,
    columns: [{ key: label, title: label.replaceAll('_', ' '), isText: true }, ...listColumns(columns)],
    rows: sums.slice(0, mostRows).map(({ key, sum }) => ({
      key: `${label} ${key}`,
      cells: [key === '' ? word('(none)') : name(key), ...valuesOf(columns, sum, total)],
      standing: null,
    })),
    total: sums.length === 0 ? null : [word('total'), ...valuesOf(columns, total, total)],
    left: Math.max(0, sums.length - mostRows),
    none: 'nothing recorded',
  }
}
