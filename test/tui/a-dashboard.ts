import type { LoggedEntry } from '../../src/core/alert-log.ts'
import type { Budget, BudgetKind, Scope } from '../../src/core/budget.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import type { Dashboard } from '../../src/core/dashboard.ts'
import { type Money, parseMoney, parseShare } from '../../src/core/money.ts'
import { NO_OVERRIDES } from '../../src/core/override.ts'
import { CLEAN } from '../../src/core/quality.ts'
import type { SessionSpend, Spend } from '../../src/core/snapshot.ts'
import { evaluate } from '../../src/core/verdict.ts'

/** Sunday 22 November 2026, 14:02 in Berlin. */
export const NOW = Date.parse('2026-11-22T14:02:00+01:00')
export const BERLIN = createCalendar('Europe/Berlin')
const MINUTE = 60_000

export function usd(text: string): Money {
  const money = parseMoney(text)
  if (money === null) throw new Error(`not money: ${text}`)
  return money
}

export function spend(text: string, uncertain = 0): Spend {
  return { usd: usd(text), uncertain }
}

export function aBudget(id: string, limit: string, scope: Scope = {}, kind?: BudgetKind): Budget {
  const [name = id, last = id] = id.split('/')
  return {
    id,
    name,
    kind: kind ?? (last === 'weekly' || last === 'monthly' || last === 'per_session' ? last : 'daily'),
    scope,
    limit: usd(limit),
    thresholdWarning: share('0.8'),
    thresholdCritical: share('0.95'),
    action: 'warn',
  }
}

/** A session whose whole cost fell in today, judged by the global per-session budget. */
export function aSession(
  id: string,
  cost: string,
  minutes: number,
  labels: Partial<SessionSpend> = {},
): SessionSpend {
  return {
    id,
    project: 'my-app',
    model: 'claude-sonnet-5',
    tool: 'claude-code',
    taskType: 'feature',
    whole: spend(cost),
    today: spend(cost),
    first: NOW - (minutes + 1) * MINUTE,
    last: NOW - MINUTE,
    spendByBudget: new Map(),
    ...labels,
  }
}

/** The id of the session that is going on. */
export const CURRENT = '3f9c1d77-5a0e-4b7c-9d21-6e8f90a1b2c3'

export const SESSIONS: readonly SessionSpend[] = [
  aSession('8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b', '4.20', 72, {
    model: 'claude-opus-5',
    taskType: 'bugfix',
  }),
  aSession(CURRENT, '1.95', 14),
  aSession('c01d3e02-7f44-4c1a-b5d6-0918273645ab', '1.15', 9, { project: 'infra', taskType: 'review' }),
  aSession('77ab1099-e2c3-4d5e-8f60-fedcba987654', '0.80', 6, {
    project: 'docs',
    model: 'claude-haiku-4-5',
    taskType: 'docs',
  }),
]

export const BUDGETS: readonly Budget[] = [
  aBudget('daily', '10'),
  aBudget('weekly', '50'),
  aBudget('monthly', '200'),
  aBudget('per_session', '2'),
  aBudget('opus/daily', '4', { model: 'claude-opus-*' }),
]

/** The alert that was raised last. */
export const LAST_ALERT: LoggedEntry = {
  id: '01a',
  timestamp: NOW - 11 * MINUTE,
  kind: 'threshold',
  message: 'opus/daily is over its limit: $4.20 of $4.00',
  fields: {},
}

interface Parts {
  readonly budgets?: readonly Budget[]
  readonly spent?: Readonly<Record<string, Spend>>
  readonly sessions?: readonly SessionSpend[]
  readonly dashboard?: Partial<Dashboard>
  readonly snapshot?: Partial<Dashboard['snapshot']>
}

const SPENT = {
  daily: spend('8.10'),
  weekly: spend('15.30'),
  monthly: spend('81.20'),
  'opus/daily': spend('4.20'),
}

/** A busy afternoon; each test changes the part that it is about. */
export function aDashboard(parts: Parts = {}): Dashboard {
  const snapshot: Dashboard['snapshot'] = {
    asOf: NOW,
    zone: 'Europe/Berlin',
    periods: BERLIN.periodsAt(NOW),
    daysToCome: [],
    spendByBudget: new Map(Object.entries({ ...SPENT, ...parts.spent })),
    sessions: parts.sessions ?? SESSIONS,
    currentSessionId: CURRENT,
    records: 40,
    tokens: { input: 290, output: 100, cacheRead: 710, cacheWrite: 50 },
    trails: [],
    quality: CLEAN,
    ...parts.snapshot,
  }
  return {
    snapshot,
    verdicts: evaluate(parts.budgets ?? BUDGETS, snapshot, 'warn'),
    latestAlert: null,
    forecasts: new Map(),
    overrides: NO_OVERRIDES,
    project: 'my-app',
    models: [
      { model: 'claude-opus-5', spend: spend('4.20') },
      { model: 'claude-sonnet-5', spend: spend('3.10') },
      { model: 'claude-haiku-4-5', spend: spend('0.80') },
    ],
    days: [0, 1, 2, 0, 3, 5, 2, 1, 2, 7, 5, 3, 2, 1, 0, 2, 1, 3, 5, 2, 1, 1, 4, 6, 2, 3, 1, 2, 5, 8].map(
      (dollars, index) => ({ start: NOW - (29 - index) * 86_400_000, usd: usd(String(dollars)) }),
    ),
    month: spend('81.20'),
    plan: null,
    credits: null,
    builtInLimits: false,
    ledgerPath: '/home/ada/my-app/.ai-costs/sessions.jsonl',
    hasLedger: true,
    ...parts.dashboard,
  }
}

/** Nothing yet: no ledger, no sessions, the built-in limits. */
export function anEmptyDashboard(): Dashboard {
  const nothing = spend('0')
  return aDashboard({
    budgets: BUDGETS.slice(0, 4),
    spent: { daily: nothing, weekly: nothing, monthly: nothing },
    sessions: [],
    snapshot: {
      currentSessionId: null,
      records: 0,
      tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    },
    dashboard: { models: [], days: [], builtInLimits: true, hasLedger: false },
  })
}

function share(text: string) {
  const parsed = parseShare(text)
  if (parsed === null) throw new Error(`not a share: ${text}`)
  return parsed
}
