import type { Section } from '../core/report.ts'
import { comparison } from './comparison.ts'
import { daySeries } from './day-series.ts'
import { daysIn, daysThatCount } from './day-span.ts'
import { labelTable } from './label-table.ts'
import { keyMetrics } from './key-metrics.ts'
import type { Asked } from './question.ts'
import { totalOf } from './sums.ts'
import { cacheFigures, costliestSession, totalFigures } from './total.ts'
import { firstDay, select } from './usage.ts'

/** What there is to say about some days: what they cost, on what, how that compares, and how well it was spent. */
export function periodSections(asked: Asked): readonly Section[] {
  const { usage, span, filter, today, mostRows } = asked
  const selection = select(usage, span, filter)
  const total = totalOf(selection)
  const days = daysThatCount(span, firstDay(selection), today)
  return [
    totalFigures(total),
    ...(daysIn(span) === 1 ? [] : [daySeries(selection, today, 'model')]),
    labelTable(selection, total, { label: 'model', key: 'models', title: 'By model', mostRows }),
    labelTable(selection, total, { label: 'project', key: 'projects', title: 'By project', mostRows }),
    labelTable(selection, total, { label: 'tool', key: 'tools', title: 'By tool', mostRows }),
    ...costliestSession(selection, total),
    cacheFigures(total),
    ...comparison(asked, total),
    keyMetrics(asked, total, days),
  ]
}
