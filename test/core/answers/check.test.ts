import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { fromJSONSchema } from 'zod'
import { type CheckRequest, answerCheck, answerTrouble } from '../../../src/core/answers/check.ts'
import type { FailOn } from '../../../src/core/answers/fail-on.ts'
import type { Judgement } from '../../../src/core/judgement.ts'
import type { ActiveOverrides } from '../../../src/core/override.ts'
import type { Level } from '../../../src/core/verdict.ts'
import { aBudget, usd } from '../../kit/a-budget.ts'
import { instant, usage } from '../../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../../kit/hostile.ts'
import type { Situation } from '../judging.ts'
import { aJudgement } from './a-judgement.ts'

const PLAIN: CheckRequest = {
  json: false,
  quiet: false,
  budget: null,
  project: null,
  session: null,
  failOn: 'warning',
  strict: false,
  requireData: false,
}

const schema = fromJSONSchema(
  JSON.parse(readFileSync(new URL('../../../config/check.schema.json', import.meta.url), 'utf8')),
)

function answered(judgement: Judgement, request: Partial<CheckRequest> = {}) {
  const { stdout, stderr, exitCode } = answerCheck(judgement, { ...PLAIN, ...request })
  if (typeof stdout !== 'string') throw new Error('the answer comes in pieces')
  return { stdout, stderr, exitCode }
}

/** The JSON answer, which the shipped schema must allow. */
function answeredJson(judgement: Judgement, request: Partial<CheckRequest> = {}): Record<string, unknown> {
  const { stdout } = answered(judgement, { ...request, json: true })
  const value: Record<string, unknown> = JSON.parse(stdout)
  expect(schema.safeParse(value).error?.issues ?? []).toEqual([])
  return value
}

/** A judgement whose worst level is the one that is asked for. */
function at(level: Level): Judgement {
  const spent: Record<Level, string> = { ok: '1', warning: '8.5', unknown: '1', critical: '9.6' }
  const unpriced = level === 'unknown' ? [usage({ id: 'u', model: 'acme' })] : []
  const lines = [usage({ id: 'a', cost_usd: spent[level] }), ...unpriced]
  return aJudgement({ lines, budgets: [aBudget('daily', '10')], onUnpriced: 'fail' })
}

const MIXED: Situation = {
  lines: [
    usage({
      id: 'a',
      cost_usd: 8.1,
      session_id: 's1',
      project: 'shop',
      cache_read_tokens: 300,
      input_tokens: 500,
    }),
    usage({ id: 'b', cost_usd: 2.5, session_id: 's2', project: 'docs', timestamp: '2025-12-15T09:00:00Z' }),
    usage({ id: 'c', session_id: 's3', model: 'acme-1', project: 'docs', input_tokens: 800 }),
    usage({ id: 'd', cost_usd: 40, session_id: 's4', timestamp: '2025-12-01T09:00:00Z' }),
  ],
  budgets: [
    aBudget('daily', '12'),
    aBudget('weekly', '50'),
    aBudget('monthly', '200'),
    aBudget('per_session', '8'),
    aBudget('weekly', '20', { project: 'shop' }),
  ],
}

const headline = (cost: string, limit: string) =>
  answered(
    aJudgement({ lines: [usage({ cost_usd: cost })], budgets: [aBudget('daily', limit)] }),
  ).stdout.split('\n')[0]

describe('what holds for a while', () => {
  const then = instant('2025-12-15T14:00:00Z')
  const overrides: ActiveOverrides = {
    allows: [
      {
        kind: 'allow',
        id: 'a1',
        timestamp: then,
        sessionId: 's1',
        until: then + 3_600_000,
        why: 'a\u001b[2Jb',
      },
      { kind: 'allow', id: 'a2', timestamp: then, sessionId: null, until: then + 7_200_000, why: null },
    ],
    raises: [
      {
        kind: 'raise',
        id: 'r1',
        timestamp: then,
        budget: 'daily',
        by: usd('5'),
        until: then + 7_200_000,
        why: 'x',
      },
      {
        kind: 'raise',
        id: 'r2',
        timestamp: then,
        budget: 'daily',
        by: usd('1'),
        until: then + 3_600_000,
        why: 'y',
      },
      {
        kind: 'raise',
        id: 'r3',
        timestamp: then,
        budget: 'gone',
        by: usd('1'),
        until: then + 3_600_000,
        why: null,
      },
    ],
    snoozedUntil: then + 3_600_000,
  }
  const judgement = aJudgement(
    { lines: [usage({ cost_usd: 1 })], budgets: [aBudget('daily', '16'), aBudget('weekly', '50')] },
    { overrides },
  )

  it('is said below the limits, and is no finding', () => {
    const { stdout, stderr, exitCode } = answered(judgement, { strict: true })
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain(
      [
        '  daily raised by $6.00 until 2025-12-15T15:00Z (x; y)',
        '  hooks block nothing in session s1 until 2025-12-15T15:00Z (a\\x1b[2Jb)',
        '  hooks block nothing until 2025-12-15T16:00Z',
        '  as of 2025-12-15T14:30Z, days in UTC',
      ].join('\n'),
    )
    expect(stdout).not.toContain('gone')
  })

  it('is part of the JSON of the limit that is raised, and of no other', () => {
    const { budgets } = answeredJson(judgement)
    expect(budgets).toMatchObject([
      { limit_usd: 16, raised_usd: 6, raised_until: '2025-12-15T15:00:00Z' },
      { limit_usd: 50 },
    ])
    expect(JSON.stringify(budgets).match(/raised_usd/g)).toHaveLength(1)
  })
})

describe('the text', () => {
  it('says it all in its first line, with a table below', () => {
    expect(answered(aJudgement(MIXED)).stdout).toMatchInlineSnapshot(`
      "CRITICAL per_session s1 $8.10 of $8.00 (101%)
        daily                ≥ $10.60 /  $12.00   88%  warning
        weekly               ≥ $10.60 /  $50.00   21%  warning
        monthly              ≥ $50.60 / $200.00   25%  warning
        project=shop/weekly     $8.10 /  $20.00   40%  ok
        per_session s1          $8.10 /   $8.00  101%  over
        per_session s3        ≥ $0.00 /   $8.00    0%  warning
        per_session s2          $2.50 /   $8.00   31%  ok
        as of 2025-12-15T14:30Z, days in UTC
      "
    `)
  })

  it('leaves the remarks to standard error', () => {
    expect(answered(aJudgement(MIXED)).stderr).toMatchInlineSnapshot(`
      "ai-costs: 1 record of acme-1 unpriced, totals are lower bounds: add to prices.yaml: prices: [{ model: "acme-1", input: 0.00, output: 0.00 }] with its USD per million tokens
      "
    `)
  })

  it('says that the built-in limits hold', () => {
    const { stdout } = answered(
      aJudgement({ lines: [] }, { builtInLimits: true, hasLedger: false, settingsFiles: [] }),
    )
    expect(stdout).toMatchInlineSnapshot(`
      "OK no cost data yet: no ledger at /home/u/shop/.ai-costs/sessions.jsonl
        as of 2025-12-15T14:30Z, days in UTC
        built-in limits: no cost-limits.yaml found (write one with: ai-costs init)
      "
    `)
  })

  it('says that nothing was judged', () => {
    expect(answered(aJudgement({ lines: [usage({ cost_usd: 1 })] })).stdout).toMatch(
      /^OK no budgets to judge\n/,
    )
  })

  it('does not call a ledger empty of which nothing could be used', () => {
    const { stdout, stderr, exitCode } = answered(
      aJudgement({ lines: [usage({ cost_usd: -1 })], budgets: [aBudget('daily', '10')] }),
    )
    expect(stdout).toMatch(/^WARNING nothing could be counted: 1 line of .* unreadable\n/)
    expect(stderr).toContain('1 record rejected for impossible numbers')
    expect(exitCode).toBe(1)
  })

  it('never rounds up to a limit, and calls what is over it over', () => {
    expect(headline('9.9999', '10')).toBe('CRITICAL daily $10.00 of $10.00 (99%)')
    expect(headline('10.69', '10')).toBe('CRITICAL daily $10.69 of $10.00 (106%)')
    expect(headline('0.00001', '0')).toBe('CRITICAL daily <$0.0001 of $0.00 (over)')
  })

  it('shows the five worst sessions and counts the rest', () => {
    const lines = Array.from({ length: 8 }, (_, nth) =>
      usage({ id: `${nth}`, session_id: `s${nth}`, cost_usd: nth / 10 + 0.1 }),
    )
    const { stdout } = answered(aJudgement({ lines, budgets: [aBudget('per_session', '2')] }))
    expect(stdout.match(/per_session s\d/g)).toEqual(
      ['s7', 's7', 's6', 's5', 's4', 's3'].map((id) => `per_session ${id}`),
    )
    expect(stdout).toContain('and 3 more sessions below')
  })

  it('tells sessions apart whose ids begin alike', () => {
    const ids = ['feature-login-retry-1', 'feature-login-retry-2', '8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b']
    const lines = ids.map((id, nth) => usage({ id, session_id: id, cost_usd: 3 - nth }))
    const { stdout } = answered(aJudgement({ lines, budgets: [aBudget('per_session', '1')] }))
    expect(stdout).toMatch(/^CRITICAL per_session feat…in-retry-1 /)
    expect(stdout.match(/^  per_session \S+/gm)).toEqual([
      '  per_session feat…in-retry-1',
      '  per_session feat…in-retry-2',
      '  per_session 8be02f41',
    ])
  })

  it('prints hostile names as plain characters', () => {
    const evil = '\u001b]52;c;aGk=\u0007\u202e\nOK daily'
    const judgement = aJudgement(
      {
        lines: [
          usage({ cost_usd: 9, session_id: evil, model: evil }),
          usage({ id: 'u', model: evil, session_id: evil }),
        ],
        budgets: [aBudget('per_session', '2'), aBudget('daily', '2', { project: `*${evil}*` })],
      },
      { ledgerPath: evil },
    )
    const { stdout, stderr } = answered(judgement)
    expect(stdout + stderr).not.toMatch(ACTS_ON_A_TERMINAL)
    expect(stdout + stderr).not.toMatch(/^OK daily/m)
    const json = answered(judgement, { json: true }).stdout
    expect(json).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})

describe('the JSON', () => {
  it('is what the schema promises', () => {
    expect(answeredJson(aJudgement(MIXED))).toMatchObject({
      schema: 1,
      level: 'critical',
      exit_code: 2,
      as_of: '2025-12-15T14:30:00Z',
      timezone: 'UTC',
      sessions: 3,
      records: 3,
      cache_hit_ratio: 300 / 1700,
      settings: ['/home/u/shop/.ai-config/cost-limits.yaml'],
      data_quality: { bad_lines: 0, rejected: 0, unpriced: [{ model: 'acme-1', records: 1, tokens: 810 }] },
    })
  })

  it('has one entry for each budget, and one for each session of a per-session budget', () => {
    const { budgets } = answeredJson(aJudgement(MIXED))
    expect(budgets).toMatchObject([
      {
        id: 'daily',
        name: 'daily',
        scope: {},
        session_id: null,
        period: { kind: 'daily', start: '2025-12-15T00:00:00Z', end: '2025-12-16T00:00:00Z' },
        limit_usd: 12,
        spent_usd: 10.6,
        lower_bound: true,
        ratio: 0.883333,
        level: 'warning',
        exceeded: false,
        forecast_usd: null,
        limit_reached_at: null,
      },
      { id: 'weekly' },
      { id: 'monthly' },
      { id: 'per_session', session_id: 's1', period: null, level: 'critical', exceeded: true },
      { id: 'per_session', session_id: 's2' },
      { id: 'per_session', session_id: 's3', lower_bound: true },
      {
        id: 'project=shop/weekly',
        name: 'project=shop',
        scope: { project: 'shop' },
        spent_usd: 8.1,
        lower_bound: false,
      },
    ])
  })

  it('has no ratio for a limit of zero', () => {
    const judgement = aJudgement({ lines: [usage({ cost_usd: 1 })], budgets: [aBudget('daily', '0')] })
    expect(answeredJson(judgement)).toMatchObject({
      budgets: [{ ratio: null, exceeded: true, level: 'critical' }],
    })
  })

  it('says that the built-in limits hold', () => {
    expect(answeredJson(aJudgement({ lines: [] }, { builtInLimits: true, settingsFiles: [] }))).toMatchObject(
      {
        settings: ['(built-in limits)'],
        cache_hit_ratio: null,
      },
    )
  })

  it('keeps every picodollar', () => {
    const judgement = aJudgement({
      lines: [usage({ cost_usd: '0.117150000001' })],
      budgets: [aBudget('daily', '10')],
    })
    expect(answered(judgement, { json: true }).stdout).toContain('"spent_usd": 0.117150000001,')
  })
})

describe('the exit code', () => {
  test.each<[level: Level, warning: number, critical: number, never: number]>([
    ['ok', 0, 0, 0],
    ['warning', 1, 0, 0],
    ['unknown', 3, 3, 0],
    ['critical', 2, 2, 0],
  ])('at %s under --fail-on warning, critical and never', (level, warning, critical, never) => {
    const code = (failOn: FailOn): number => answered(at(level), { failOn }).exitCode
    expect([code('warning'), code('critical'), code('never')]).toEqual([warning, critical, never])
    expect(answeredJson(at(level))).toMatchObject({ level, exit_code: warning })
  })

  const clean = usage({ id: 'a', cost_usd: 1 })
  const FINDINGS: readonly (readonly [finding: string, line: string])[] = [
    ['a bad line', 'garbage'],
    ['a rejected record', usage({ cost_usd: -1, timestamp: '2020-01-01' })],
    ['an unpriced model', usage({ id: 'u', model: 'acme' })],
    ['an undated record', usage({ id: 'u', timestamp: 'x', cost_usd: 1 })],
    ['a record from the future', usage({ id: 'f', timestamp: '2099-01-01', cost_usd: 1 })],
  ]

  test.each(FINDINGS)('--strict: %s means "cannot tell"', (_, line) => {
    const judgement = (limit: string) =>
      aJudgement({ lines: [clean, line], budgets: [aBudget('daily', limit)] })
    expect(answered(judgement('10'), { strict: true }).exitCode).toBe(3)
    expect(answered(judgement('1'), { strict: true }).exitCode).toBe(2)
    expect(answered(judgement('10')).exitCode).toBeLessThan(2)
  })

  it('--strict: without a finding nothing changes', () => {
    expect(answered(at('ok'), { strict: true }).exitCode).toBe(0)
  })

  it('--require-data: without data it cannot tell, otherwise nothing changes', () => {
    const empty = aJudgement({ lines: [], budgets: [aBudget('daily', '10')] })
    expect(answered(empty).exitCode).toBe(0)
    expect(answered(empty, { requireData: true }).exitCode).toBe(3)
    expect(answered(at('ok'), { requireData: true }).exitCode).toBe(0)
  })
})

const ids = (request: Partial<CheckRequest>): string[] => {
  const { budgets } = answeredJson(aJudgement(MIXED), request)
  if (!Array.isArray(budgets)) throw new Error('no budgets')
  return budgets.map(({ id, session_id }) => (session_id === null ? id : `${id} ${session_id}`))
}

describe('selecting', () => {
  test.each<[request: Partial<CheckRequest>, selected: readonly string[], exitCode: number]>([
    [{ budget: 'weekly' }, ['weekly'], 1],
    [{ budget: 'per_session' }, ['per_session s1', 'per_session s2', 'per_session s3'], 2],
    [{ budget: 'project=shop/weekly' }, ['project=shop/weekly'], 0],
    [{ project: 'docs' }, ['daily', 'weekly', 'monthly', 'per_session s2', 'per_session s3'], 1],
    [{ project: 'shop' }, ['daily', 'weekly', 'monthly', 'per_session s1', 'project=shop/weekly'], 2],
    [{ session: 's2' }, ['daily', 'weekly', 'monthly', 'per_session s2', 'project=shop/weekly'], 1],
    [{ session: 'nobody' }, ['daily', 'weekly', 'monthly', 'project=shop/weekly'], 1],
    [{ budget: 'per_session', session: 's2' }, ['per_session s2'], 0],
    [{ budget: 'per_session', project: 'docs', session: 's1' }, [], 0],
  ])('%j', (request, selected, exitCode) => {
    expect(ids(request)).toEqual(selected)
    expect(answered(aJudgement(MIXED), request).exitCode).toBe(exitCode)
  })

  it('never changes a sum', () => {
    expect(answeredJson(aJudgement(MIXED), { budget: 'daily', project: 'docs' })).toMatchObject({
      budgets: [{ spent_usd: 10.6 }],
    })
  })
})

describe('--quiet', () => {
  it('prints nothing and keeps the exit code', () => {
    expect(answered(aJudgement(MIXED), { quiet: true })).toEqual({ stdout: '', stderr: '', exitCode: 2 })
  })
})

describe('trouble', () => {
  const trouble = {
    file: '/c/cost-limits.yaml',
    line: 4,
    column: 10,
    message: 'budgets.daily is "ten"',
    fix: 'write 10.00',
  }

  it('is told with its place and its fix', () => {
    expect(answerTrouble([trouble, { ...trouble, file: null, line: null, column: null }], PLAIN)).toEqual({
      stdout: 'UNKNOWN budgets cannot be judged\n',
      stderr:
        'ai-costs: /c/cost-limits.yaml:4:10: budgets.daily is "ten" — write 10.00\nai-costs: budgets.daily is "ten" — write 10.00\n',
      exitCode: 3,
    })
  })

  it('is JSON that the schema allows', () => {
    const { stdout, exitCode } = answerTrouble([trouble], { ...PLAIN, json: true })
    const value: unknown = JSON.parse(String(stdout))
    expect(schema.safeParse(value).error?.issues ?? []).toEqual([])
    expect(value).toEqual({ schema: 1, level: 'unknown', exit_code: 3, error: trouble })
    expect(exitCode).toBe(3)
  })

  test.each<[failOn: FailOn, exitCode: number]>([
    ['warning', 3],
    ['critical', 3],
    ['never', 0],
  ])('exits under --fail-on %s with %i', (failOn, exitCode) => {
    expect(answerTrouble([trouble], { ...PLAIN, failOn }).exitCode).toBe(exitCode)
  })

  it('--quiet keeps it off standard output', () => {
    expect(answerTrouble([trouble], { ...PLAIN, quiet: true })).toMatchObject({ stdout: '', exitCode: 3 })
  })

  it('cannot act on a terminal', () => {
    const { stderr } = answerTrouble([{ ...trouble, message: '\u001b[2J\nOK', file: '\u0007' }], PLAIN)
    expect(stderr).toBe('ai-costs: \\x07:4:10: \\x1b[2J\\x0aOK — write 10.00\n')
  })
})
