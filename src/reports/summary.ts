import { labelTable } from './label-table.ts'
import type { Question } from './question.ts'
import { COST, PER_SESSION, SESSIONS, SHARE } from './sum-columns.ts'
import { totalOf } from './sums.ts'
import { totalFigures } from './total.ts'
import { select } from './usage.ts'

/** What `ai-costs summary` tells: a report for a glance, which `ai-costs report` does not list. */
export const summary: Question = {
  summary: 'what was spent, by model and by project',
  title: 'AI cost summary',
  period: 'daily',
  labels: 'usual',
  answer({ usage, span, filter, mostRows }) {
    const selection = select(usage, span, filter)
    const total = totalOf(selection)
    const columns = [COST, SHARE, SESSIONS, PER_SESSION]
    return [
      totalFigures(total),
      labelTable(selection, total, { label: 'model', key: 'models', title: 'By model', mostRows, columns }),
      labelTable(selection, total, {
        label: 'project',
        key: 'projects',
        title: 'By project',
        mostRows,
        columns,
      }),
    ]
  },
}
