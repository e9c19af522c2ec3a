import type { Group } from '../core/groups.ts'
import { daySeries } from './day-series.ts'
import { labelTable } from './label-table.ts'
import type { Question } from './question.ts'
import { totalOf } from './sums.ts'
import { totalFigures } from './total.ts'
import { select } from './usage.ts'

/** The report that compares all that have another label: projects, models. `plural` is their name for programs. */
export function labelReport(label: keyof Group, plural: string): Question {
  return {
    summary: `each ${label}, most spend first`,
    title: `AI cost report by ${label}`,
    period: 'monthly',
    labels: 'usual',
    answer({ usage, span, filter, today, mostRows }) {
      const selection = select(usage, span, filter)
      const total = totalOf(selection)
      const title = `By ${label}`
      return [
        totalFigures(total),
        labelTable(selection, total, { label, key: plural, title, mostRows }),
        daySeries(selection, today, label),
      ]
    },
  }
}
