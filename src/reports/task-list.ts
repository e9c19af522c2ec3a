import type { Quality } from '../core/quality.ts'
import { NONE, type Report, type Value, count, instant, money, name, word } from '../core/report.ts'
import { type TaskCost, sumOfTasks } from '../core/task-cost.ts'

/** Every task, most spend first. */
export function taskList(
  tasks: readonly TaskCost[],
  about: {
    readonly asOf: number
    readonly zone: string
    readonly quality: Quality
    readonly mostRows: number
    readonly filters: Readonly<Record<string, string>>
  },
): Report {
  const { mostRows, ...rest } = about
  const { usd, lowerBound, tokens } = sumOfTasks(tasks)
  const requests = tasks.reduce((sum, { records }) => sum + records, 0)
  return {
    name: 'tasks',
    title: 'AI costs by task',
    span: null,
    ...rest,
    sections: [
      {
        kind: 'table',
        key: 'tasks',
        title: 'Tasks',
        columns: COLUMNS,
        rows: tasks.slice(0, mostRows).map(rowOf),
        total: [
          word('total'),
          NONE,
          NONE,
          money(usd, lowerBound),
          NONE,
          count(requests),
          count(tokens.input),
          count(tokens.output),
          NONE,
        ],
        left: Math.max(0, tasks.length - mostRows),
      },
    ],
  }
}

const COLUMNS = [
  { key: 'task', title: 'task' },
  { key: 'enhancement', title: 'enhancement' },
  { key: 'cost_model', title: 'model', expendable: 1 },
  { key: 'cost_usd', title: 'cost' },
  { key: 'sessions', title: 'sessions', expendable: 4 },
  { key: 'records', title: 'records', expendable: 5 },
  { key: 'input_tokens', title: 'input', expendable: 3 },
  { key: 'output_tokens', title: 'output', expendable: 2 },
  { key: 'last_at', title: 'last' },
]

function rowOf(task: TaskCost): readonly Value[] {
  const { taskId, enhancement, usd, lowerBound, models, sessions, records, tokens, last } = task
  return [
    name(taskId),
    enhancement === '' ? word('(none)') : name(enhancement),
    name(models[0]?.model ?? ''),
    money(usd, lowerBound),
    count(sessions.length),
    count(records),
    count(tokens.input),
    count(tokens.output),
    instant(last),
  ]
}
