import { describe, expect, it, test } from 'vitest'
import { createCalendar } from '../../src/core/calendar.ts'
import { decimalText } from '../../src/core/money.ts'
import type { Series, Value } from '../../src/core/report.ts'
import { spanAround } from '../../src/reports/day-span.ts'
import * as questions from '../../src/reports/index.ts'
import type { Asked } from '../../src/reports/question.ts'
import { usd } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { figuresOf, reportOn, rowsOf, tableOf } from './asking.ts'

const UTC = createCalendar('UTC')
const ALL = { span: { first: -Infinity, next: Infinity }, kind: null } as const

const plain = (value: Value | undefined): unknown => {
  if (value?.kind === 'money') return `${value.lowerBound ? '≥ ' : ''}$${decimalText(value.usd)}`
  if (value?.kind === 'word') return value.word
  if (value?.kind === 'name') return value.name
  return value?.kind === 'none' ? null : Object.values(value ?? {})[1]
}
const plainRows = (rows: readonly Readonly<Record<string, Value>>[], ...keys: readonly string[]) =>
  rows.map((row) => keys.map((key) => plain(row[key])))

function seriesOf(lines: readonly string[], asked: Partial<Asked>): Series {
  const section = reportOn(questions.model, { lines }, asked).sections.find(({ kind }) => kind === 'series')
  if (section?.kind !== 'series') throw new Error('there is no series')
  return section
}

function taskSections(lines: readonly string[]): readonly string[] {
  return reportOn(questions.task, { lines }).sections.map(({ key }) => key)
}

describe('every question', () => {
  test.each(Object.entries(questions))('%s has an answer where there is nothing', (_, question) => {
    expect(reportOn(question, { lines: [] }, ALL).sections.length).toBeGreaterThan(1)
    expect(reportOn(question, { lines: [] }).sections.length).toBeGreaterThan(1)
  })

  test.each(Object.entries(questions))('%s names each of its sections once', (_, question) => {
    const keys = reportOn(question, { lines: [usage({ cost_usd: 1, task_id: 'T' })] }).sections.map(
      ({ key }) => key,
    )
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('a comparison', () => {
  // Wednesday, 2025-12-17, is as of when.
  const lines = [
    usage({ session_id: 'a', timestamp: '2025-12-16T10:00:00Z', cost_usd: 3 }),
    usage({ session_id: 'b', timestamp: '2025-12-09T10:00:00Z', cost_usd: 2 }),
    usage({ session_id: 'c', timestamp: '2025-12-12T10:00:00Z', cost_usd: 2 }),
  ]

  it('is with the whole period before, and with as much of it as has come of this one', () => {
    const rows = rowsOf(reportOn(questions.weekly, { lines }), 'comparison')
    expect(plainRows(rows, 'period', 'cost_usd', 'change_usd', 'change', 'sessions')).toEqual([
      ['2025-12-08 to 2025-12-14', '$4', '$-1', -0.25, 2],
      ['2025-12-08 to 2025-12-10', '$2', '$1', 0.5, 1],
    ])
  })

  it('of a period that is over is with the one before alone', () => {
    const span = spanAround('weekly', UTC.dayOf(Date.UTC(2025, 11, 9)), UTC)
    const rows = rowsOf(reportOn(questions.weekly, { lines }, { span }), 'comparison')
    expect(plainRows(rows, 'period', 'cost_usd', 'change')).toEqual([
      ['2025-12-01 to 2025-12-07', '$0', null],
    ])
  })

  it('of months knows that they are not of one length', () => {
    const rows = rowsOf(reportOn(questions.monthly, { lines }), 'comparison')
    expect(plainRows(rows, 'period')).toEqual([['2025-11-01 to 2025-11-30'], ['2025-11-01 to 2025-11-17']])
  })

  it('says no difference where one side may be more', () => {
    const unpriced = usage({ session_id: 'd', timestamp: '2025-12-16T10:00:00Z', model: 'acme-1' })
    const rows = rowsOf(reportOn(questions.weekly, { lines: [...lines, unpriced] }), 'comparison')
    expect(plainRows(rows, 'change_usd', 'change')).toEqual([
      [null, null],
      [null, null],
    ])
  })
})

describe('key metrics', () => {
  const limits: Asked['limits'] = { daily: usd('10'), weekly: null, monthly: usd('100') }
  const today = { timestamp: '2025-12-17T10:00:00Z' }

  test.each<[what: string, lines: readonly string[], standings: readonly string[]]>([
    [
      'all is well',
      [
        usage({ ...today, cost_usd: 0.4, cache_read_tokens: 900 }),
        usage({ timestamp: '2025-12-01T10:00:00Z', cost_usd: 60 }),
      ],
      ['met', 'met', 'met', 'met', ''],
    ],
    [
      'nothing is',
      [usage({ ...today, cost_usd: 90, cache_read_tokens: 10 })],
      ['missed', 'missed', 'missed', 'above', ''],
    ],
    ['nothing happened', [], ['met', '', '', 'below', '']],
    [
      'nobody knows',
      [usage({ ...today, model: 'acme-1' })],
      ['cannot tell', 'cannot tell', 'missed', 'cannot tell', ''],
    ],
  ])('stand right where %s', (_, lines, standings) => {
    const rows = rowsOf(reportOn(questions.daily, { lines }, { limits }), 'metrics')
    expect(rows.map((row) => plain(row['standing']))).toEqual(standings)
  })
})

describe('a series', () => {
  it('has every day that has come, also those without any spend', () => {
    const { points } = seriesOf([usage({ timestamp: '2025-12-15T10:00:00Z', cost_usd: 1 })], {})
    expect(points.map(({ label }) => label)).toEqual(
      Array.from({ length: 17 }, (_, nth) => `2025-12-${String(nth + 1).padStart(2, '0')}`),
    )
    expect(points[14]?.amounts).toEqual([usd('1')])
  })

  it('is by month when there are many days, and stays short when a clock was wrong by centuries', () => {
    const early = usage({ timestamp: '2025-01-15T10:00:00Z', cost_usd: 1 })
    const year = seriesOf([early, usage({ timestamp: '2025-12-15T10:00:00Z', cost_usd: 2 })], ALL)
    expect(year.points).toHaveLength(12)
    expect(year.points[0]).toMatchObject({ label: '2025-01', amounts: [usd('1')] })
    const wrong = seriesOf([early, usage({ timestamp: '9025-12-15T10:00:00Z', cost_usd: 2 })], ALL)
    expect(wrong.points.map(({ label }) => label)).toEqual(['2025-01', '9025-12'])
  })

  it('names the costliest and adds up the others', () => {
    const lines = Array.from({ length: 8 }, (_, nth) =>
      usage({ id: `r${nth}`, timestamp: '2025-12-15T10:00:00Z', model: `m${nth}`, cost_usd: 8 - nth }),
    )
    const { parts, points } = seriesOf(lines, {})
    expect(parts).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'others'])
    expect(points.find(({ label }) => label === '2025-12-15')?.amounts.at(-1)).toBe(usd('6'))
  })
})

describe('tables', () => {
  const lines = ['a', 'b', 'c'].map((name, nth) =>
    usage({
      id: name,
      session_id: name,
      project: name,
      tool: name === 'c' ? 'codex' : 'claude-code',
      task_id: name === 'a' ? 'T-1' : undefined,
      timestamp: `2025-12-1${nth + 5}T10:00:00Z`,
      cost_usd: nth + 1,
    }),
  )

  it('tell so many rows, how many are left, and the total of all', () => {
    const table = tableOf(reportOn(questions.project, { lines }, { mostRows: 2 }), 'projects')
    expect([...table.rows].map((row) => plain(row[0]))).toEqual(['c', 'b'])
    expect(table.left).toBe(1)
    expect(plain(table.total?.[1])).toBe('$6')
  })

  it('of tools say what a session and a day cost, in days that have come', () => {
    const rows = rowsOf(reportOn(questions.tool, { lines }), 'tools')
    expect(plainRows(rows, 'tool', 'cost_per_session_usd', 'sessions_per_day', 'cost_per_day_usd')).toEqual([
      ['claude-code', '$1.5', 2 / 17, '$0.176470588235'],
      ['codex', '$3', 1 / 17, '$0.176470588235'],
    ])
  })

  it('of tasks are left out where nobody named any', () => {
    expect(taskSections(lines)).toEqual(['total', 'task_types', 'tasks'])
    expect(taskSections(lines.slice(1))).toEqual(['total', 'task_types'])
    expect(plainRows(rowsOf(reportOn(questions.task, { lines }), 'tasks'), 'task_id', 'cost_usd')).toEqual([
      ['(none)', '$5'],
      ['T-1', '$1'],
    ])
  })

  it('of sessions say what they spent in these days, and how long they lasted in all', () => {
    const again = usage({ id: 'd', session_id: 'a', timestamp: '2025-11-15T10:00:00Z', cost_usd: 50 })
    const [, , last] = rowsOf(reportOn(questions.session, { lines: [...lines, again] }), 'sessions')
    expect(last).toMatchObject({ session_id: { name: 'a' }, cost_usd: { usd: usd('1') } })
    expect(plain(last?.['duration_seconds'])).toBe(30 * 86_400_000)
  })

  it('count what has no time in all time alone, and warn of it elsewhere', () => {
    const undated = usage({ timestamp: undefined, cost_usd: 7 })
    const cost = (asked: Partial<Asked>) =>
      plain(
        figuresOf(reportOn(questions.project, { lines: [...lines, undated] }, asked), 'total')['cost_usd'],
      )
    expect(cost({})).toBe('≥ $6')
    expect(cost(ALL)).toBe('$13')
  })
})
