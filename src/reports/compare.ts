import { minus, ratioOf } from '../core/money.ts'
import { type Table, type Value, name, word } from '../core/report.ts'
import { labelTable } from './label-table.ts'
import type { Question } from './question.ts'
import {
  CACHE_HIT,
  COST,
  PER_SESSION,
  RECORDS,
  SESSIONS,
  SHARE,
  type SumColumn,
  TOKENS,
  valuesOf,
} from './sum-columns.ts'
import { type NamedSum, type Sum, perSession, sumsByLabel, totalOf } from './sums.ts'
import { totalFigures } from './total.ts'
import { type Selection, labelsOf, select } from './usage.ts'

/** What is compared: what did the work. */
export type Compared = 'model' | 'tool'

/** How models or tools compare, all in all and for each type of task; cheap sessions first. */
export function comparisonOf(label: Compared): Question {
  return {
    summary: `each ${label} beside the others, for each type of task`,
    title: `AI costs compared by ${label}`,
    period: 'monthly',
    labels: 'all',
    answer({ usage, span, filter, mostRows }) {
      const selection = select(usage, span, filter)
      const total = totalOf(selection)
      const about = { label, key: `${label}s`, title: `By ${label}`, mostRows, columns: OVERALL }
      return [
        totalFigures(total),
        labelTable(selection, total, about),
        taskTable(selection, total, label, mostRows),
      ]
    },
  }
}

const FEATURES: readonly SumColumn[] = [SESSIONS, RECORDS, ...TOKENS, CACHE_HIT]
const OVERALL: readonly SumColumn[] = [PER_SESSION, COST, SHARE, ...FEATURES].map(kept)
const OF_TASK: readonly SumColumn[] = [COST, ...FEATURES].map(kept)

/** What a session costs and what came from caches is what is compared: on a narrow page anything else goes first. */
function kept({ expendable, ...column }: SumColumn): SumColumn {
  const isKept = column.key === PER_SESSION.key || column.key === CACHE_HIT.key
  return isKept || expendable === undefined ? column : { ...column, expendable }
}

/** Types of tasks, most spend first; within each what costs least a session first. */
function taskTable(selection: Selection, total: Sum, label: Compared, mostRows: number): Table {
  const rows = sumsByLabel(selection, 'task_type').flatMap(({ key }) => rowsOf(key, selection, total, label))
  return {
    kind: 'table',
    key: 'task_types',
    title: `By type of task and ${label}`,
    columns: [
      { key: 'task_type', title: 'task type' },
      { key: label, title: label },
      { key: 'cost_per_session_usd', title: 'per session' },
      { key: 'over_cheapest', title: 'over cheapest' },
      ...OF_TASK,
    ],
    rows: rows.slice(0, mostRows),
    total: [
      word('total'),
      word(''),
      PER_SESSION.valueOf(total, total),
      word(''),
      ...valuesOf(OF_TASK, total, total),
    ],
    left: Math.max(0, rows.length - mostRows),
  }
}

function rowsOf(
  taskType: string,
  selection: Selection,
  total: Sum,
  label: Compared,
): readonly (readonly Value[])[] {
  const { usage } = selection
  const rows = selection.rows.filter((row) => labelsOf(usage, row).task_type === taskType)
  const sums = sumsByLabel({ ...selection, rows, undated: 0 }, label).toSorted(byPerSession)
  const cheapest = sums.find(({ sum }) => perSession(sum) !== null && !sum.lowerBound)
  return sums.map(({ key, sum }) => [
    name(taskType),
    name(key),
    PER_SESSION.valueOf(sum, total),
    { kind: 'change', change: overCheapest(sum, cheapest?.sum) },
    ...valuesOf(OF_TASK, sum, total),
  ])
}

/** What has no sessions comes last: it cannot be compared. */
function byPerSession(a: NamedSum<string>, b: NamedSum<string>): number {
  const [one, other] = [perSession(a.sum), perSession(b.sum)]
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return one < other ? -1 : one > other ? 1 : 0
}

/** By how much a session costs more; null where one of them may cost more than is known. */
function overCheapest(sum: Sum, cheapest: Sum | undefined): number | null {
  const [one, least] = [perSession(sum), cheapest === undefined ? null : perSession(cheapest)]
  return one === null || least === null || sum.lowerBound || least <= 0n
    ? null
    : ratioOf(minus(one, least), least)
}
