import { labelTable } from './label-table.ts'
import type { Question } from './question.ts'
import { totalOf } from './sums.ts'
import { totalFigures } from './total.ts'
import { type Selection, labelsOf, select } from './usage.ts'

export const task: Question = {
  summary: 'each task type, task and enhancement, most spend first',
  title: 'AI cost report by task',
  period: 'monthly',
  labels: 'all',
  answer({ usage, span, filter, mostRows }) {
    const selection = select(usage, span, filter)
    const total = totalOf(selection)
    const told = TABLES.filter(({ label }) => label === 'task_type' || isUsed(selection, label))
    return [totalFigures(total), ...told.map((table) => labelTable(selection, total, { ...table, mostRows }))]
  },
}

const TABLES = [
  { label: 'task_type', key: 'task_types', title: 'By task type' },
  { label: 'task_id', key: 'tasks', title: 'By task' },
  { label: 'enhancement', key: 'enhancements', title: 'By enhancement' },
] as const

/** Most ledgers name no tasks. */
function isUsed(selection: Selection, label: 'task_id' | 'enhancement'): boolean {
  return selection.rows.some((row) => labelsOf(selection.usage, row)[label] !== '')
}
