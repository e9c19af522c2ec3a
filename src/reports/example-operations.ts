import { NO_TOKENS, callCost, times } from '../core/call-cost.ts'
import type { Price } from '../core/price.ts'
import { type Section, type Table, type Value, count, fineMoney, money, name, word } from '../core/report.ts'

/** What a month is taken for. */
export const MONTH_DAYS = 30

/** Something that is typically asked of a model, and how often on a day of light, usual or heavy use. */
interface Operation {
  readonly name: string
  readonly input: number
  readonly output: number
  readonly timesADay: readonly number[]
}

const OPERATIONS: readonly Operation[] = [
  { name: 'read a document', input: 2000, output: 500, timesADay: [5, 20, 100] },
  { name: 'sort in an error', input: 1000, output: 200, timesADay: [20] },
  { name: 'answer in a chat', input: 500, output: 200, timesADay: [20] },
  { name: 'answer a query', input: 1500, output: 300, timesADay: [20] },
  { name: 'an hour of an agent', input: 50_000, output: 5000, timesADay: [4] },
]

/** What an activity takes: from so many tokens to so many. */
interface Activity {
  readonly name: string
  readonly input: readonly [least: number, most: number]
  readonly output: readonly [least: number, most: number]
}

const ACTIVITIES: readonly Activity[] = [
  { name: 'simple question', input: [500, 1500], output: [300, 800] },
  { name: 'code review', input: [1000, 3000], output: [500, 1500] },
  { name: 'feature', input: [2000, 5000], output: [3000, 8000] },
  { name: 'architecture', input: [1500, 4000], output: [2000, 6000] },
  { name: 'security audit', input: [2500, 6000], output: [1000, 3000] },
]

/** What typical operations and activities cost on some models. */
export function exampleOperations(models: readonly Price[], mostRows: number): readonly Section[] {
  return [operationTable(models, mostRows), activityTable(models, mostRows)]
}

function operationTable(models: readonly Price[], mostRows: number): Table {
  const rows = models.flatMap((price) =>
    OPERATIONS.flatMap(({ name: operation, input, output, timesADay }) => {
      const cost = callCost({ ...NO_TOKENS, input, output }, price)
      return timesADay.map((often): readonly Value[] => [
        word(operation),
        name(price.model),
        count(input),
        count(output),
        fineMoney(cost),
        count(often),
        fineMoney(times(cost, often)),
        money(times(cost, often * MONTH_DAYS), false),
      ])
    }),
  )
  return {
    kind: 'table',
    key: 'operations',
    title: 'Typical operations',
    columns: [
      { key: 'operation', title: 'operation' },
      { key: 'model', title: 'model' },
      { key: 'input_tokens', title: 'input', expendable: 2 },
      { key: 'output_tokens', title: 'output', expendable: 3 },
      { key: 'cost_usd', title: 'cost' },
      { key: 'times_per_day', title: 'times' },
      { key: 'cost_per_day_usd', title: 'a day' },
      { key: 'cost_per_month_usd', title: 'a month' },
    ],
    rows: rows.slice(0, mostRows),
    total: null,
    left: Math.max(0, rows.length - mostRows),
  }
}

function activityTable(models: readonly Price[], mostRows: number): Table {
  const rows = models.flatMap((price) =>
    ACTIVITIES.map(({ name: activity, input, output }): readonly Value[] => [
      word(activity),
      name(price.model),
      ...([0, 1] as const).flatMap((end) => [
        count(input[end]),
        count(output[end]),
        fineMoney(callCost({ ...NO_TOKENS, input: input[end], output: output[end] }, price)),
      ]),
    ]),
  )
  return {
    kind: 'table',
    key: 'activities',
    title: 'Typical activities, from little to much',
    columns: [
      { key: 'activity', title: 'activity' },
      { key: 'model', title: 'model' },
      { key: 'least_input_tokens', title: 'input', expendable: 1 },
      { key: 'least_output_tokens', title: 'output', expendable: 2 },
      { key: 'least_cost_usd', title: 'from' },
      { key: 'most_input_tokens', title: 'input', expendable: 3 },
      { key: 'most_output_tokens', title: 'output', expendable: 4 },
      { key: 'most_cost_usd', title: 'to' },
    ],
    rows: rows.slice(0, mostRows),
    total: null,
    left: Math.max(0, rows.length - mostRows),
  }
}
