import { type Money, NO_MONEY, minus, picodollarsOf, plus, ratioOf } from '../core/money.ts'
import { NONE, type Table, type Value, count, money, share, word } from '../core/report.ts'
import { cacheHitRatio } from '../core/snapshot.ts'
import { BySession } from './by-session.ts'
import { type Sum, perSession } from './sums.ts'
import type { Selection } from './usage.ts'

/** So many of the latest sessions are compared with as many before them; fewer than half of that say nothing. */
const MOST_SESSIONS = 10
const FEWEST_SESSIONS = 5

/** From session to session: the latest ones beside those before. No rows where there are too few. */
export function sessionTrend(selection: Selection): Table {
  const { sessions } = selection.usage
  const bySession = new BySession(selection)
  const inOrder = bySession.sessions
    .filter((one) => sessions.first[one]! <= sessions.last[one]!)
    .toSorted((a, b) => sessions.first[a]! - sessions.first[b]!)
  const half = Math.min(MOST_SESSIONS, Math.floor(inOrder.length / 2))
  const sums = inOrder.slice(-2 * half).map((one) => bySession.sumOf(one))
  const rows = half < FEWEST_SESSIONS ? [] : trendRows(sums.slice(0, half), sums.slice(half))
  return {
    kind: 'table',
    key: 'trend',
    title: `From session to session: the latest ${half} beside the ${half} before`,
    columns: [
      { key: 'measure', title: 'on average' },
      { key: 'before', title: 'before' },
      { key: 'latest', title: 'latest' },
      { key: 'change', title: 'change' },
    ],
    rows,
    total: null,
    left: 0,
  }
}

function trendRows(before: readonly Sum[], latest: readonly Sum[]): readonly (readonly Value[])[] {
  const [old, now] = [added(before), added(latest)]
  const isUnsure = old.lowerBound || now.lowerBound
  const [oldCost, nowCost] = [perSession(old) ?? NO_MONEY, perSession(now) ?? NO_MONEY]
  const tokenRow = (title: string, tokensOf: (sum: Sum) => number): readonly Value[] => {
    const [was, is] = [meanOf(tokensOf(old), old), meanOf(tokensOf(now), now)]
    return [word(title), count(was), count(is), { kind: 'change', change: was > 0 ? is / was - 1 : null }]
  }
  return [
    [
      word('cost of a session'),
      money(oldCost, old.lowerBound),
      money(nowCost, now.lowerBound),
      { kind: 'change', change: isUnsure ? null : changeOf(oldCost, nowCost) },
    ],
    tokenRow('output tokens', ({ tokens }) => tokens.output),
    tokenRow('tokens read', ({ tokens }) => tokens.input + tokens.cacheRead),
    [word('cache hit'), share(cacheHitRatio(old.tokens)), share(cacheHitRatio(now.tokens)), NONE],
  ]
}

function meanOf(tokens: number, { sessions }: Sum): number {
  return Math.round(tokens / sessions)
}

function changeOf(before: Money, after: Money): number | null {
  return before > 0n ? ratioOf(minus(after, before), before) : null
}

/** Sessions as one sum of them. */
function added(sums: readonly Sum[]): Sum {
  return sums.reduce((all, { usd, lowerBound, records, sessions, tokens }) => ({
    usd: picodollarsOf(plus(all.usd, usd)),
    lowerBound: all.lowerBound || lowerBound,
    records: all.records + records,
    sessions: all.sessions + sessions,
    tokens: {
      input: all.tokens.input + tokens.input,
      output: all.tokens.output + tokens.output,
      cacheRead: all.tokens.cacheRead + tokens.cacheRead,
      cacheWrite: all.tokens.cacheWrite + tokens.cacheWrite,
    },
  }))
}
