import type { Group } from '../core/groups.ts'
import { type Table, name, word } from '../core/report.ts'
import { type SumColumn, USUAL, valuesOf } from './sum-columns.ts'
import { type Sum, sumsByLabel } from './sums.ts'
import type { Selection } from './usage.ts'

/** What a table is about, and how much of it is told. */
export interface LabelTable {
  readonly label: keyof Group
  /** For programs, and for people: `models`, `By model`. */
  readonly key: string
  readonly title: string
  readonly mostRows: number
  readonly columns?: readonly SumColumn[]
}

/** What was selected, whose sum is `total`, by a label: most spend first. Records that lack the label go by the name of `(none)`. */
export function labelTable(selection: Selection, total: Sum, about: LabelTable): Table {
  const { label, key, title, mostRows, columns = USUAL } = about
  const sums = sumsByLabel(selection, label)
  return {
    kind: 'table',
    key,
    title,
    columns: [{ key: label, title: label.replaceAll('_', ' ') }, ...columns],
    rows: sums
      .slice(0, mostRows)
      .map((one) => [one.key === '' ? word('(none)') : name(one.key), ...valuesOf(columns, one.sum, total)]),
    total: [word('total'), ...valuesOf(columns, total, total)],
    left: Math.max(0, sums.length - mostRows),
  }
}
