import type { ScreenList } from '../core/screen-data.ts'
import { daysThatCount } from './day-span.ts'
import { labelList } from './label-list.ts'
import { LABEL_COLUMNS, MODEL_COLUMNS } from './screen-columns.ts'
import type { Sum } from './sums.ts'
import { toolColumns } from './tool-columns.ts'
import { type Selection, firstDay } from './usage.ts'

/** More than these nobody scrolls through; what they leave out is told. */
const MOST_ROWS = 500

/** Models by what they cost, with their tokens by kind. */
export function modelLists(selection: Selection, total: Sum): readonly ScreenList[] {
  return [
    labelList(selection, total, {
      label: 'model',
      title: 'Models',
      columns: MODEL_COLUMNS,
      mostRows: MOST_ROWS,
    }),
  ]
}

/** Projects, and tools beside each other: what a session costs, sessions and spend a day. */
export function projectLists(selection: Selection, total: Sum, today: number): readonly ScreenList[] {
  const days = daysThatCount(selection.span, firstDay(selection), today)
  const rest = { columns: LABEL_COLUMNS, mostRows: MOST_ROWS }
  return [
    labelList(selection, total, { label: 'project', title: 'Projects', ...rest }),
    labelList(selection, total, {
      label: 'tool',
      title: 'Tools',
      columns: toolColumns(days),
      mostRows: MOST_ROWS,
    }),
    labelList(selection, total, { label: 'task_type', title: 'Task types', ...rest }),
  ]
}
