import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/core/report.ts'
import { comparisonOf } from '../../src/reports/compare.ts'
import { usd } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { reportOn, rowsOf, tableOf } from './asking.ts'

const line = (id: string, fields: Readonly<Record<string, unknown>>): string =>
  usage({ id, tool: 'codex', ...fields })

const LINES = [
  line('a', {
    session_id: 's1',
    model: 'opus',
    task_type: 'fix',
    cost_usd: 4,
    input_tokens: 100,
    cache_read_tokens: 300,
  }),
  line('b', { session_id: 's2', model: 'opus', task_type: 'fix', cost_usd: 2 }),
  line('c', { session_id: 's3', model: 'haiku', task_type: 'fix', cost_usd: 1 }),
  line('d', { session_id: 's3', model: 'haiku', task_type: 'docs', cost_usd: 0.5, tool: 'pi' }),
]

function row(task: string, model: string, cost: string, change: number): readonly Value[] {
  return [
    { kind: 'name', name: task },
    { kind: 'name', name: model },
    { kind: 'money', usd: usd(cost), lowerBound: false },
    { kind: 'change', change },
  ]
}

describe('models beside each other', () => {
  const report = reportOn(comparisonOf('model'), { lines: LINES })

  it('compares what a session costs for each type of task, the cheapest first', () => {
    const told = rowsOf(report, 'task_types').map(
      ({ task_type, model, cost_per_session_usd, over_cheapest }) => [
        task_type,
        model,
        cost_per_session_usd,
        over_cheapest,
      ],
    )
    expect(told).toEqual([
      row('fix', 'haiku', '1', 0),
      row('fix', 'opus', '3', 2),
      row('docs', 'haiku', '0.5', 0),
    ])
  })

  it('tells how much came from caches', () => {
    const [, opus] = rowsOf(report, 'task_types')
    expect(opus!['cache_hit_ratio']).toEqual({ kind: 'share', share: 0.6 })
  })

  it('is all that was spent', () => {
    expect(tableOf(report, 'models').total).toContainEqual({
      kind: 'money',
      usd: usd('7.5'),
      lowerBound: false,
    })
  })

  it('compares nothing with what has no price', () => {
    const lines = [
      line('a', { model: 'acme', task_type: 'fix', cost_usd: undefined }),
      line('b', { session_id: 's2', model: 'haiku', task_type: 'fix', cost_usd: 1 }),
    ]
    const told = rowsOf(reportOn(comparisonOf('model'), { lines }), 'task_types')
    expect(told.map(({ over_cheapest }) => over_cheapest)).toEqual([
      { kind: 'change', change: null },
      { kind: 'change', change: 0 },
    ])
  })

  it('tells as many rows as were asked for, and how many it left', () => {
    const { rows, left } = tableOf(
      reportOn(comparisonOf('model'), { lines: LINES }, { mostRows: 1 }),
      'task_types',
    )
    expect([rows.length, left]).toEqual([1, 2])
  })
})

it('compares tools in the same way', () => {
  const told = rowsOf(reportOn(comparisonOf('tool'), { lines: LINES }), 'task_types')
  expect(told.map(({ tool }) => tool)).toEqual(['codex', 'pi'].map((name) => ({ kind: 'name', name })))
})
