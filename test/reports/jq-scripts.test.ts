import { spawnSync } from 'node:child_process'
import { describe, expect, it, test } from 'vitest'
import { decimalText } from '../../src/core/money.ts'
import type { Value } from '../../src/core/report.ts'
import { spanAround } from '../../src/reports/day-span.ts'
import { daily } from '../../src/reports/daily.ts'
import { model } from '../../src/reports/model.ts'
import { summary } from '../../src/reports/summary.ts'
import { type World, figuresOf, reportOn, rowsOf } from './asking.ts'
import { createCalendar } from '../../src/core/calendar.ts'

// What small scripts around jq have been saying of the same ledger; where they are right, so are we.

const UTC = createCalendar('UTC')

/** A line as scripts expect it: one for each session, with a cost of more than nothing. */
function line(timestamp: string, session: string, name: string, project: string, cost: number): string {
  return JSON.stringify({
    timestamp,
    session_id: session,
    project,
    model: name,
    tool: 'claude-code',
    input_tokens: 1000 * session.length,
    output_tokens: 100,
    cache_read_tokens: 3000,
    cache_write_tokens: 10,
    cost_usd: cost,
  })
}

// As of Wednesday, 2025-12-17.
const LINES = [
  line('2025-11-30T23:59:59Z', 's1', 'opus', 'shop', 4),
  line('2025-12-01T00:00:00Z', 's2', 'opus', 'shop', 2.5),
  line('2025-12-14T12:00:00Z', 's3', 'haiku', 'api', 0.25),
  line('2025-12-15T00:00:00Z', 's4', 'haiku', 'api', 0.5),
  line('2025-12-16T09:00:00Z', 's5', 'sonnet', 'shop', 1.75),
  line('2025-12-17T08:00:00Z', 's6', 'opus', 'shop', 3.125),
  line('2025-12-17T09:00:00Z', 's77', 'haiku', 'api', 0.5),
  line('2025-12-17T10:00:00Z', 's8', 'haiku', 'shop', 0.125),
]
const WORLD: World = { lines: LINES }
const TODAY = reportOn(daily, WORLD)
const day = UTC.dayOf(Date.UTC(2025, 11, 17))
const SPANS = {
  week: { span: spanAround('weekly', day, UTC), kind: 'weekly' },
  month: { span: spanAround('monthly', day, UTC), kind: 'monthly' },
} as const

/** What is said, as jq would print it. */
function plain(value: Value | undefined): unknown {
  if (value === undefined) return undefined
  if (value.kind === 'money') return Number(decimalText(value.usd))
  if (value.kind === 'count') return value.count
  if (value.kind === 'share') return value.share
  return value.kind === 'name' ? value.name : value.kind
}

const total = (...[question, asked]: Parameters<typeof reportOnWorld>): unknown =>
  plain(figuresOf(reportOnWorld(question, asked), 'total')['cost_usd'])

function reportOnWorld(question: Parameters<typeof reportOn>[0], asked: Parameters<typeof reportOn>[2] = {}) {
  return reportOn(question, WORLD, asked)
}

const columns = (rows: readonly Readonly<Record<string, Value>>[], ...keys: readonly string[]) =>
  rows.map((row) => keys.map((key) => plain(row[key])))

const ON = '.[] | select(.timestamp | startswith("2025-12-17"))'
const THIS_MONTH = '.[] | select(.timestamp | startswith("2025-12"))'

/** What the script says, the expression with which it does, and what we say. */
const SAME: readonly (readonly [what: string, jq: string, said: unknown, ours: () => unknown])[] = [
  ['spend of the day', `[${ON} | .cost_usd] | add // 0`, 3.75, () => total(daily)],
  ['sessions of the day', `[${ON}] | length`, 3, () => plain(figuresOf(TODAY, 'total')['sessions'])],
  [
    'spend of the week, from Monday on',
    '[.[] | select(.timestamp >= "2025-12-15T00:00:00Z") | .cost_usd] | add // 0',
    6,
    () => total(summary, SPANS.week),
  ],
  [
    'spend of the month',
    '[.[] | select(.timestamp >= "2025-12-01T00:00:00Z") | .cost_usd] | add // 0',
    8.75,
    () => total(summary, SPANS.month),
  ],
  [
    'spend, sessions and tokens by model',
    `[${ON}] | group_by(.model) | map([.[0].model, ([.[].cost_usd] | add), length, ([.[].input_tokens] | add), ([.[].output_tokens] | add)]) | sort_by(-.[1])`,
    [
      ['opus', 3.125, 1, 2000, 100],
      ['haiku', 0.625, 2, 5000, 200],
    ],
    () => columns(rowsOf(TODAY, 'models'), 'model', 'cost_usd', 'sessions', 'input_tokens', 'output_tokens'),
  ],
  [
    'spend and sessions by project',
    `[${ON}] | group_by(.project) | map([.[0].project, ([.[].cost_usd] | add), length]) | sort_by(-.[1])`,
    [
      ['shop', 3.25, 2],
      ['api', 0.5, 1],
    ],
    () => columns(rowsOf(TODAY, 'projects'), 'project', 'cost_usd', 'sessions'),
  ],
  [
    'the most expensive session',
    `[${ON}] | sort_by(.cost_usd) | reverse | .[0] // empty | [.session_id, .cost_usd, .model, .input_tokens, .output_tokens]`,
    ['s6', 3.125, 'opus', 2000, 100],
    () => {
      const most = figuresOf(TODAY, 'most_expensive_session')
      return columns([most], 'session_id', 'cost_usd', 'model', 'input_tokens', 'output_tokens')[0]
    },
  ],
  [
    'the cache hit ratio',
    `[${ON}] | {i: ([.[].input_tokens] | add // 0), r: ([.[].cache_read_tokens] | add // 0)} | if .i > 0 then .r / (.i + .r) else 0 end`,
    0.5625,
    () => plain(figuresOf(TODAY, 'cache')['cache_hit_ratio']),
  ],
  [
    'what each model cost this month',
    `[${THIS_MONTH}] | group_by(.model) | map([.[0].model, ([.[].cost_usd] | add), length]) | sort_by(.[1]) | reverse`,
    [
      ['opus', 5.625, 2],
      ['sonnet', 1.75, 1],
      ['haiku', 1.375, 4],
    ],
    () => columns(rowsOf(reportOnWorld(model), 'models'), 'model', 'cost_usd', 'sessions'),
  ],
  [
    'spend since a day',
    '[.[] | select(.timestamp >= "2025-12-14T00:00:00Z") | .cost_usd] | add // 0',
    6.25,
    () => total(summary, { span: { first: day - 3, next: Infinity }, kind: null }),
  ],
  [
    'spend of all time',
    '[.[] | .cost_usd] | add // 0',
    12.75,
    () => total(summary, { span: { first: -Infinity, next: Infinity }, kind: null }),
  ],
]

describe('says what the scripts say of', () => {
  test.each(SAME)('%s', (_, _jq, said, ours) => {
    expect(ours()).toEqual(said)
  })
})

describe.skipIf(spawnSync('jq', ['--version']).status !== 0)('and jq itself says so too of', () => {
  test.each(SAME)('%s', (_, expression, said) => {
    const { stdout } = spawnSync('jq', ['-sc', expression], { input: LINES.join('\n'), encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual(said)
  })
})

describe('says something else than the scripts, on purpose, where', () => {
  const at = '2025-12-17T08:00:00Z'
  const one = { timestamp: at, session_id: 's1', model: 'opus', input_tokens: 10, output_tokens: 1 }

  /** What the scripts make of the lines, and what we do: spend and sessions of the day. */
  test.each<[what: string, lines: readonly object[], scripts: unknown, ours: unknown]>([
    [
      'a session has several lines: they are one session',
      [
        { ...one, cost_usd: 1 },
        { ...one, timestamp: '2025-12-17T09:00:00Z', cost_usd: 2 },
      ],
      [3, 2],
      ['3', 1],
    ],
    [
      'a record was written twice: it counts once',
      [
        { ...one, id: 'a', cost_usd: 1 },
        { ...one, id: 'a', cost_usd: 1 },
      ],
      [2, 2],
      ['1', 1],
    ],
    [
      'nobody knows what a record cost: that is not nothing',
      [
        { ...one, id: 'a', cost_usd: 1 },
        { ...one, id: 'b', session_id: 's2' },
      ],
      [1, 2],
      ['≥ 1', 2],
    ],
    [
      'a time is written in another zone: the instant decides, not the letters',
      [{ ...one, timestamp: '2025-12-18T01:00:00+09:00', cost_usd: 1 }],
      [0, 0],
      ['1', 1],
    ],
  ])('%s', (_, objects, scripts, ours) => {
    const lines = objects.map((object) => JSON.stringify(object))
    const records = objects as readonly { timestamp: string; cost_usd?: number }[]
    const ofDay = records.filter(({ timestamp }) => timestamp.startsWith('2025-12-17'))
    expect([ofDay.reduce((sum, { cost_usd }) => sum + (cost_usd ?? 0), 0), ofDay.length]).toEqual(scripts)
    const { cost_usd: cost, sessions: count } = figuresOf(reportOn(daily, { lines }), 'total')
    const told = cost?.kind === 'money' ? `${cost.lowerBound ? '≥ ' : ''}${decimalText(cost.usd)}` : ''
    expect([told, plain(count)]).toEqual(ours)
  })

  it('a week is asked for: it begins on Monday, also on a Monday, and is not the last seven days', () => {
    const monday = Date.UTC(2025, 11, 15, 14, 30)
    const span = spanAround('weekly', UTC.dayOf(monday), UTC)
    const asOf = reportOn(summary, { lines: LINES, asOf: monday }, { span, kind: 'weekly' })
    expect(asOf.span).toMatchObject({ first: '2025-12-15', last: '2025-12-21' })
  })
})
