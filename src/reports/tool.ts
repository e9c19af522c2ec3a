import { scaleHalfEven } from '../core/money.ts'
import { money } from '../core/report.ts'
import { daysThatCount } from './day-span.ts'
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
} from './sum-columns.ts'
import { totalOf } from './sums.ts'
import { totalFigures } from './total.ts'
import { firstDay, select } from './usage.ts'

export const tool: Question = {
  summary: 'each tool: what a session costs, sessions and spend a day',
  title: 'AI cost report by tool',
  period: 'monthly',
  labels: 'usual',
  answer({ usage, span, filter, today, mostRows }) {
    const selection = select(usage, span, filter)
    const total = totalOf(selection)
    const days = daysThatCount(span, firstDay(selection), today)
    const columns = [COST, SHARE, PER_SESSION, ...perDay(days), SESSIONS, RECORDS, ...TOKENS, CACHE_HIT]
    return [
      totalFigures(total),
      labelTable(selection, total, { label: 'tool', key: 'tools', title: 'By tool', mostRows, columns }),
    ]
  },
}

/** Averages over so many days, those without any usage among them. */
function perDay(days: number): readonly SumColumn[] {
  return [
    {
      key: 'sessions_per_day',
      title: 'sessions/day',
      expendable: 2,
      valueOf: ({ sessions }) => ({ kind: 'number', number: days === 0 ? null : sessions / days }),
    },
    {
      key: 'cost_per_day_usd',
      title: 'per day',
      expendable: 1,
      valueOf: ({ usd, lowerBound }) =>
        money(days === 0 ? null : scaleHalfEven(usd, 1n, BigInt(days)), lowerBound),
    },
  ]
}
