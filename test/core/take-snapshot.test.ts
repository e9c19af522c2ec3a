import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { BUDGET_KINDS, SCOPE_KEYS, type Budget, type Scope, type ScopeKey } from '../../src/core/budget.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { decimalText, picodollarsOf } from '../../src/core/money.ts'
import { type SessionSpend, type Spend, cacheHitRatio, spendOf } from '../../src/core/snapshot.ts'
import { detailFrom } from '../../src/core/take-snapshot.ts'
import { aBudget } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { type Situation, judged } from './judging.ts'

const inDollars = (amount: bigint): string => decimalText(picodollarsOf(amount))

const texts = (spend: Iterable<[string, Spend]>): Record<string, string> =>
  Object.fromEntries(
    [...spend].map(([id, { usd, uncertain }]) => [id, `${uncertain > 0 ? '≥' : ''}${inDollars(usd)}`]),
  )

/** Spend by budget id, sessions as `id: by budget id`. */
function spends(situation: Situation) {
  const { snapshot } = judged(situation)
  return {
    budgets: texts(snapshot.spendByBudget),
    sessions: Object.fromEntries(
      snapshot.sessions.map((session) => [session.id, texts(spendsOf(session, situation.budgets ?? []))]),
    ),
  }
}

/** By the id of each per-session budget that sees something of it. */
function spendsOf(session: SessionSpend, budgets: readonly Budget[]): ReadonlyMap<string, Spend> {
  const seen = budgets.flatMap((budget) => {
    const spend = budget.kind === 'per_session' ? spendOf(session, budget) : undefined
    return spend === undefined ? [] : [[budget.id, spend] as const]
  })
  return new Map(seen)
}

describe('a scope counts what its label matches', () => {
  const lines = [
    usage({
      id: 'a',
      cost_usd: 1,
      project: 'shop',
      tool: 'codex',
      task_type: 'fix',
      model: 'claude-opus-4-5',
    }),
    usage({
      id: 'b',
      cost_usd: 2,
      task_id: 'T-1',
      enhancement: 'E',
      project_code: 'C',
      model: 'claude-opus-4',
    }),
    usage({ id: 'c', cost_usd: 4, project: 'shop', tool: 'claude-code', model: 'gpt-5' }),
  ]

  test.each<[scope: Scope, spent: string]>([
    [{}, '7'],
    [{ project: '*' }, '7'],
    [{ model: '*', tool: '*' }, '7'],
    [{ project: 'shop' }, '5'],
    [{ project: 'sho' }, '0'],
    [{ project: '(unknown)' }, '2'],
    [{ model: 'claude-opus-*' }, '3'],
    [{ model: 'claude-opus-4' }, '2'],
    [{ tool: 'codex' }, '1'],
    [{ tool: 'c*' }, '5'],
    [{ task_type: 'fix' }, '1'],
    [{ task_id: 'T-*' }, '2'],
    [{ enhancement: 'E' }, '2'],
    [{ project_code: 'C' }, '2'],
    [{ project: 'shop', tool: 'codex' }, '1'],
    [{ project: 'shop', task_id: 'T-1' }, '0'],
  ])('%j', (scope, spent) => {
    const budget = aBudget('daily', '10', scope)
    expect(spends({ lines, budgets: [budget] }).budgets).toEqual({ [budget.id]: spent })
  })

  it('within a session too, where a scope that it never touched gives no verdict', () => {
    const budgets = [
      aBudget('per_session', '10'),
      aBudget('per_session', '10', { model: 'claude-opus-*' }),
      aBudget('per_session', '10', { project: 'other' }),
    ]
    const other = usage({ id: 'd', cost_usd: 8, session_id: 's2', model: 'gpt-5', project: 'other' })
    expect(spends({ lines: [...lines, other], budgets }).sessions).toEqual({
      s1: { per_session: '7', 'model=claude-opus-*/per_session': '3' },
      s2: { per_session: '8', 'project=other/per_session': '8' },
    })
  })
})

/** A line at an instant. */
const at = (timestamp: string, cost: number) => usage({ id: timestamp, timestamp, cost_usd: cost })

describe('periods', () => {
  const budgets = (['daily', 'weekly', 'monthly'] as const).map((kind) => aBudget(kind, '10'))

  it('begin at their first instant and end before their last', () => {
    const lines = [
      at('2025-12-14T23:59:59.999Z', 1),
      at('2025-12-15T00:00:00Z', 2),
      at('2025-12-15T23:59:59.999Z', 4),
      at('2025-12-16T00:00:00Z', 8),
      at('2025-12-21T23:59:59.999Z', 16),
      at('2025-12-22T00:00:00Z', 32),
      at('2025-12-01T00:00:00Z', 64),
      at('2025-11-30T23:59:59.999Z', 128),
      at('2026-01-01T00:00:00Z', 256),
    ]
    expect(spends({ lines, budgets }).budgets).toEqual({ daily: '6', weekly: '30', monthly: '127' })
  })

  it('a week that began in the month before counts as a whole', () => {
    const lines = [
      at('2025-09-29T12:00:00Z', 1),
      at('2025-10-02T12:00:00Z', 2),
      at('2025-09-28T12:00:00Z', 4),
    ]
    expect(spends({ lines, budgets, at: '2025-10-02T13:00:00Z' }).budgets).toEqual({
      daily: '2',
      weekly: '3',
      monthly: '2',
    })
  })

  it('a day of 25 hours counts all of them', () => {
    const calendar = createCalendar('America/New_York')
    const lines = [
      at('2025-11-02T03:59:59Z', 1),
      at('2025-11-02T04:00:00Z', 2),
      at('2025-11-02T05:30:00Z', 4),
      at('2025-11-02T06:30:00Z', 8),
      at('2025-11-03T04:59:59Z', 16),
      at('2025-11-03T05:00:00Z', 32),
    ]
    expect(spends({ lines, budgets, calendar, at: '2025-11-02T20:00:00Z' }).budgets['daily']).toBe('30')
  })

  it('a late record changes the day to which it belongs, whatever the order', () => {
    const lines = [at('2025-12-15T10:00:00Z', 1), at('2025-12-10T10:00:00Z', 2)]
    const expected = { daily: '1', weekly: '1', monthly: '3' }
    expect(spends({ lines, budgets }).budgets).toEqual(expected)
    expect(spends({ lines: lines.toReversed(), budgets }).budgets).toEqual(expected)
  })
})

/** A line of a session. */
const line = (id: string, session: string, timestamp: string, cost: number, more = {}) =>
  usage({ id, session_id: session, timestamp, cost_usd: cost, ...more })

describe('sessions', () => {
  it('are those with a record today, on the cost of their whole life', () => {
    const { snapshot } = judged({
      lines: [
        line('a', 'old', '2025-10-01T10:00:00Z', 5),
        line('b', 'resumed', '2025-10-01T10:00:00Z', 1.5),
        line('c', 'resumed', '2025-12-15T10:00:00Z', 0.25),
        line('d', 'new', '2025-12-15T09:00:00Z', 1),
      ],
      budgets: [aBudget('per_session', '2')],
    })
    expect(
      snapshot.sessions.map(({ id, whole, today, first, last }) => [id, whole.usd, today.usd, first, last]),
    ).toEqual([
      ['new', 10n ** 12n, 10n ** 12n, instant('2025-12-15T09:00:00Z'), instant('2025-12-15T09:00:00Z')],
      [
        'resumed',
        1_750_000_000_000n,
        250_000_000_000n,
        instant('2025-10-01T10:00:00Z'),
        instant('2025-12-15T10:00:00Z'),
      ],
    ])
  })

  it('a resumed one is critical on what it cost before', () => {
    const { verdicts } = judged({
      lines: [line('b', 's', '2025-10-01T10:00:00Z', 1.9), line('c', 's', '2025-12-15T10:00:00Z', 0.1)],
      budgets: [aBudget('per_session', '2')],
    })
    expect(verdicts).toMatchObject([
      { sessionId: 's', period: null, level: 'critical', exceeded: true, ratio: 1 },
    ])
  })

  it('a resumed one keeps its scoped sum from before the days of detail', () => {
    const budget = aBudget('per_session', '2', { model: 'opus*' })
    const lines = [
      line('b', 's', '2025-01-01T10:00:00Z', 1.9, { model: 'opus-1' }),
      line('c', 's', '2025-12-15T10:00:00Z', 0.1),
    ]
    expect(spends({ lines, budgets: [budget] }).sessions).toEqual({ s: { [budget.id]: '1.9' } })
  })

  it('without a name are never judged', () => {
    const { snapshot, verdicts } = judged({
      lines: [usage({ id: 'a', session_id: undefined, cost_usd: 9 })],
      budgets: [aBudget('per_session', '2')],
    })
    expect(snapshot.sessions).toEqual([])
    expect(verdicts).toEqual([])
    expect(snapshot.currentSessionId).toBeNull()
  })

  it('bear the labels of their newest record, also when an older line comes later', () => {
    const { snapshot } = judged({
      lines: [
        line('b', 's', '2025-12-15T12:00:00Z', 1, {
          model: 'new',
          project: 'p2',
          tool: 't2',
          task_type: 'x2',
        }),
        line('a', 's', '2025-12-15T10:00:00Z', 1, {
          model: 'old',
          project: 'p1',
          tool: 't1',
          task_type: 'x1',
        }),
      ],
    })
    expect(snapshot.sessions).toMatchObject([{ model: 'new', project: 'p2', tool: 't2', taskType: 'x2' }])
  })

  it('are ranked by what they took of today, equal ones by id', () => {
    const { snapshot } = judged({
      lines: [
        line('1', 'b', '2025-12-15T10:00:00Z', 1),
        line('2', 'a', '2025-12-15T11:00:00Z', 1),
        line('3', 'c', '2025-12-15T09:00:00Z', 2),
        line('4', 'a', '2025-10-15T09:00:00Z', 50),
      ],
    })
    expect(snapshot.sessions.map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  })

  it.each<[why: string, lines: readonly string[], current: string | null]>([
    [
      'of the newest record',
      [line('1', 'a', '2025-12-15T10:00:00Z', 1), line('2', 'b', '2025-12-15T09:00:00Z', 1)],
      'a',
    ],
    [
      'of the later line of two',
      [line('1', 'a', '2025-12-15T10:00:00Z', 1), line('2', 'b', '2025-12-15T10:00:00Z', 1)],
      'b',
    ],
    ['of none before the first today', [line('1', 'a', '2025-12-14T10:00:00Z', 1)], null],
    ['of none tomorrow', [line('1', 'a', '2025-12-16T10:00:00Z', 1)], null],
  ])('the current one is that %s', (_, lines, current) => {
    expect(judged({ lines }).snapshot.currentSessionId).toBe(current)
  })

  it('what is uncertain in their past keeps them uncertain', () => {
    const lines = [
      usage({ id: 'u', session_id: 's', timestamp: '2025-10-01T10:00:00Z', model: 'acme' }),
      line('c', 's', '2025-12-15T10:00:00Z', 0.1),
    ]
    expect(spends({ lines, budgets: [aBudget('per_session', '2')] }).sessions).toEqual({
      s: { per_session: '≥0.1' },
    })
  })
})

describe('the current day', () => {
  it('counts its records and tokens only', () => {
    const { snapshot } = judged({
      lines: [
        usage({
          id: 'a',
          cost_usd: 1,
          input_tokens: 600,
          output_tokens: 5,
          cache_read_tokens: 300,
          cache_write_tokens: 7,
        }),
        usage({ id: 'b', cost_usd: 1, input_tokens: 0, output_tokens: 0, cache_read_tokens: 100 }),
        usage({ id: 'c', cost_usd: 1, timestamp: '2025-12-14T10:00:00Z', input_tokens: 9 }),
      ],
    })
    expect(snapshot).toMatchObject({
      records: 2,
      tokens: { input: 600, output: 5, cacheRead: 400, cacheWrite: 7 },
    })
    expect(cacheHitRatio(snapshot.tokens)).toBe(0.4)
  })

  it('has no cache-hit ratio without input', () => {
    expect(cacheHitRatio({ input: 0, output: 5, cacheRead: 0, cacheWrite: 9 })).toBeNull()
  })
})

describe('detail begins at the earliest day that anybody can ask for', () => {
  test.each<[asOf: string, days: number, first: string]>([
    ['2025-12-15T12:00:00Z', 1, '2025-12-01'],
    ['2025-12-02T12:00:00Z', 1, '2025-12-01'],
    ['2025-10-02T12:00:00Z', 1, '2025-09-29'],
    ['2025-12-15T12:00:00Z', 30, '2025-11-16'],
  ])('%s with %i days of history', (asOf, days, first) => {
    expect(detailFrom(createCalendar('UTC'), instant(asOf), days)).toBe(instant(first) / 86_400_000)
  })
})

const inScope = (budget: Budget, of: Readonly<Record<ScopeKey, string>>): boolean =>
  Object.entries(budget.scope).every(([key, pattern]) =>
    new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(of[key as ScopeKey]),
  )

describe('for any ledger and any budgets', () => {
  const DAYS = [
    '2025-10-03',
    '2025-11-30',
    '2025-12-01',
    '2025-12-10',
    '2025-12-14',
    '2025-12-15',
    '2025-12-16',
  ]
  const label = fc.constantFrom('a', 'b', 'ab')
  const labels = fc.record(
    Object.fromEntries(SCOPE_KEYS.map((key) => [key, label])) as Record<ScopeKey, typeof label>,
  )
  const record = fc.record({
    labels,
    day: fc.constantFrom(...DAYS),
    session_id: fc.constantFrom('s1', 's2', 's3'),
    cents: fc.nat({ max: 500 }),
  })
  const scope = fc
    .uniqueArray(fc.constantFrom(...SCOPE_KEYS), { maxLength: 2 })
    .chain((keys) =>
      fc.tuple(
        ...keys.map((key) => fc.constantFrom('a', 'a*', '*b', '*').map((pattern) => [key, pattern] as const)),
      ),
    )
    .map((entries): Scope => Object.fromEntries(entries))
  const budgets = fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...BUDGET_KINDS), scope)
      .map(([kind, narrowed]) => aBudget(kind, '10', narrowed)),
    { selector: ({ id }) => id, maxLength: 6 },
  )

  const FIRST: Readonly<Record<string, string>> = {
    daily: '2025-12-15',
    weekly: '2025-12-15',
    monthly: '2025-12-01',
  }
  const LAST: Readonly<Record<string, string>> = {
    daily: '2025-12-15',
    weekly: '2025-12-21',
    monthly: '2025-12-31',
  }

  it('every budget has spent what its records add up to', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 25 }), budgets, (records, limits) => {
        const lines = records.map(({ labels: of, day, session_id, cents }, nth) =>
          usage({
            id: `r${nth}`,
            ...of,
            session_id,
            timestamp: `${day}T10:00:00Z`,
            cost_usd: String(cents / 100),
          }),
        )
        const { snapshot } = judged({ lines, budgets: limits })
        const priced = records.filter(({ cents }) => cents > 0)
        const sum = (some: typeof records): bigint =>
          some.reduce((all, { cents }) => all + BigInt(cents) * 10n ** 10n, 0n)
        for (const budget of limits) {
          const matching = priced.filter(({ labels: of }) => inScope(budget, of))
          if (budget.kind === 'per_session') {
            for (const session of snapshot.sessions) {
              const own = matching.filter(({ session_id }) => session_id === session.id)
              expect(spendOf(session, budget)?.usd ?? 0n).toBe(sum(own))
            }
          } else {
            const { kind } = budget
            const own = matching.filter(({ day }) => day >= FIRST[kind]! && day <= LAST[kind]!)
            expect(snapshot.spendByBudget.get(budget.id)?.usd).toBe(sum(own))
          }
        }
        const today = new Set(
          records.filter(({ day }) => day === '2025-12-15').map(({ session_id }) => session_id),
        )
        expect(new Set(snapshot.sessions.map(({ id }) => id))).toEqual(today)
      }),
      { numRuns: 400 },
    )
  })
})
