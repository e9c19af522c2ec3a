import { UNDATED } from '../core/cells.ts'
import type { Quality } from '../core/quality.ts'
import type { Report } from '../core/report.ts'
import { type DaySpan, reportSpan } from './day-span.ts'
import { labelTable } from './label-table.ts'
import { totalOf } from './sums.ts'
import { cacheFigures, totalFigures } from './total.ts'
import type { Selection } from './usage.ts'

/** What each day of a selection came to, for whoever wants to keep it: days without any record are left out. */
export function* dayRollups(
  selection: Selection,
  asOf: number,
  qualityIn: (span: DaySpan) => Quality,
): Generator<{ readonly day: string; readonly report: Report }> {
  const { usage } = selection
  const { calendar } = usage
  for (const [number, rows] of rowsByDay(selection)) {
    const span = { first: number, next: number + 1 }
    const ofDay: Selection = { usage, span, rows, undated: 0 }
    const total = totalOf(ofDay)
    const day = calendar.isoDay(number)
    const table = { mostRows: Infinity }
    yield {
      day,
      report: {
        name: 'rollup',
        title: `AI costs of ${day}`,
        span: reportSpan(span, calendar),
        zone: calendar.zone,
        asOf,
        filters: {},
        sections: [
          totalFigures(total),
          labelTable(ofDay, total, { ...table, label: 'model', key: 'models', title: 'By model' }),
          labelTable(ofDay, total, { ...table, label: 'project', key: 'projects', title: 'By project' }),
          labelTable(ofDay, total, { ...table, label: 'tool', key: 'tools', title: 'By tool' }),
          labelTable(ofDay, total, {
            ...table,
            label: 'task_type',
            key: 'task_types',
            title: 'By task type',
          }),
          cacheFigures(total),
        ],
        quality: qualityIn(span),
      },
    }
  }
}

/** In the order of the days; what has no day is in none. */
function rowsByDay({ usage, rows }: Selection): readonly (readonly [number, readonly number[]])[] {
  const { cells } = usage.cells
  const days = new Map<number, number[]>()
  for (const row of rows) {
    const day = cells.day[row]!
    const known = days.get(day)
    if (known === undefined) days.set(day, [row])
    else known.push(row)
  }
  return [...days].filter(([day]) => day !== UNDATED).toSorted(([a], [b]) => a - b)
}
