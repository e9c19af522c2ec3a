import { minus, ratioOf } from '../core/money.ts'
import { type Table, type Value, name } from '../core/report.ts'
import { COST, PER_SESSION, SESSIONS, SHARE, valuesOf } from './sum-columns.ts'
import { type NamedSum, type Sum, perSession, sumsBy } from './sums.ts'
import { type Selection, labelsOf } from './usage.ts'

/** Of fewer sessions nothing is a habit. */
const FEWEST_SESSIONS = 3

/** What costs at least so many times an average session. */
const TIMES = 2n

const COLUMNS = [PER_SESSION, SESSIONS, COST, SHARE]

/** Types of tasks, by model, of which a session costs much more than the average one. */
export function costlyKinds(selection: Selection, total: Sum, mostRows: number): Table {
  const average = perSession(total)
  const kinds = sumsBy(selection, (row) => kindOf(selection, row))
  const costly =
    average === null
      ? []
      : kinds.filter(({ sum }) => sum.sessions >= FEWEST_SESSIONS && perSession(sum)! >= average * TIMES)
  const rows = costly.toSorted(bySpend).map(({ key, sum }): readonly Value[] => {
    const [taskType = '', model = ''] = partsOf(key)
    const change = average === null ? null : ratioOf(minus(perSession(sum)!, average), average)
    return [name(taskType), name(model), { kind: 'change', change }, ...valuesOf(COLUMNS, sum, total)]
  })
  return {
    kind: 'table',
    key: 'costly_kinds',
    title: 'Look closely: sessions of these cost twice the average and more',
    columns: [
      { key: 'task_type', title: 'task type' },
      { key: 'model', title: 'model' },
      { key: 'over_average', title: 'over average' },
      ...COLUMNS,
    ],
    rows: rows.slice(0, mostRows),
    total: null,
    left: Math.max(0, rows.length - mostRows),
  }
}

/** Both labels in one text, which no label can fake. */
function kindOf({ usage }: Selection, row: number): string {
  const { task_type: taskType, model } = labelsOf(usage, row)
  return JSON.stringify([taskType, model])
}

function partsOf(kind: string): readonly string[] {
  const parts: unknown = JSON.parse(kind)
  return Array.isArray(parts) ? parts.map(String) : []
}

function bySpend(a: NamedSum<string>, b: NamedSum<string>): number {
  return a.sum.usd < b.sum.usd ? 1 : a.sum.usd > b.sum.usd ? -1 : a.key < b.key ? -1 : 1
}
