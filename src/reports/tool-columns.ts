import { scaleHalfEven } from '../core/money.ts'
import { money } from '../core/report.ts'
import { COST, PER_SESSION, SESSIONS, SHARE, type SumColumn } from './sum-columns.ts'

/** What tells tools apart: averages over so many days, those without any usage among them. */
export function toolColumns(days: number): readonly SumColumn[] {
  return [
    { ...COST, title: 'spend' },
    SHARE,
    { ...PER_SESSION, title: 'a session' },
    {
      key: 'sessions_per_day',
      title: 'sessions/d',
      expendable: 5,
      valueOf: ({ sessions }) => ({ kind: 'number', number: days === 0 ? null : sessions / days }),
    },
    {
      key: 'cost_per_day_usd',
      title: 'a day',
      expendable: 4,
      valueOf: ({ usd, lowerBound }) =>
        money(days === 0 ? null : scaleHalfEven(usd, 1n, BigInt(days)), lowerBound),
    },
    { ...SESSIONS, expendable: 6 },
  ]
}
