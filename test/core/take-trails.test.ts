import { describe, expect, it } from 'vitest'
import type { Budget } from '../../src/core/budget.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { decimalText, plus } from '../../src/core/money.ts'
import { TRAIL_DAYS, trailOf } from '../../src/core/trail.ts'
import { aBudget } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { judged } from './judging.ts'

const NOW = instant('2025-12-15T14:30:00Z')

const BUDGETS = [
  aBudget('weekly', '50', { tool: 'codex' }),
  aBudget('daily', '10', { tool: 'codex' }),
  aBudget('daily', '10', { model: 'opus*', project: 'api' }),
  aBudget('per_session', '1', { tool: 'amp' }),
]

function spent(at: string, cost_usd: number, labels: Readonly<Record<string, string>> = {}): string {
  return usage({ id: `${at} ${cost_usd}`, timestamp: at, cost_usd, ...labels })
}

const LINES = [
  spent('2025-11-16T23:59:00Z', 100),
  spent('2025-11-17T00:00:00Z', 1),
  spent('2025-12-14T10:00:00Z', 2, { tool: 'codex' }),
  spent('2025-12-15T00:00:00Z', 3),
  spent('2025-12-15T13:31:00Z', 4, { tool: 'codex' }),
  spent('2025-12-15T14:30:59Z', 5, { model: 'opus-5', project: 'api' }),
]

function trails(budgets: readonly Budget[] = BUDGETS) {
  return judged({ lines: LINES, budgets }).snapshot.trails
}

describe('the trails of a snapshot', () => {
  it('are one of everything, and one of each scope of a budget with a period', () => {
    expect(trails().map(({ scope }) => scope)).toEqual([
      {},
      { tool: 'codex' },
      { model: 'opus*', project: 'api' },
    ])
    expect(trails([]).map(({ scope }) => scope)).toEqual([{}])
    expect(trailOf(trails(), { tool: 'amp' })).toBeUndefined()
  })

  it('have the current day, four weeks before it, and the last hour', () => {
    const inShort = trails().map(({ today, days, minutes }) => ({
      today: decimalText(today),
      first: decimalText(days[0]!),
      yesterday: decimalText(days.at(-1)!),
      sum: decimalText(days.reduce(plus)),
      minutes: minutes.map(({ minute, usd }) => [minute * 60_000 - NOW, decimalText(usd)]),
    }))
    expect(inShort).toEqual([
      {
        today: '12',
        first: '1',
        yesterday: '2',
        sum: '3',
        minutes: [
          [-59 * 60_000, '4'],
          [0, '5'],
        ],
      },
      { today: '4', first: '0', yesterday: '2', sum: '2', minutes: [[-59 * 60_000, '4']] },
      { today: '5', first: '0', yesterday: '0', sum: '0', minutes: [[0, '5']] },
    ])
    expect(trails()[0]!.days).toHaveLength(TRAIL_DAYS)
  })
})

describe('the days to come of a snapshot', () => {
  it('go on to the end of the longest period, at their own midnights', () => {
    const calendar = createCalendar('Europe/Berlin')
    const at = '2025-10-24T12:00:00Z'
    const { daysToCome, periods } = judged({ lines: [], calendar, at }).snapshot
    const starts = daysToCome.map((start) => new Date(start).toISOString().slice(0, 16))
    expect(starts).toEqual([
      '2025-10-24T22:00',
      '2025-10-25T22:00',
      '2025-10-26T23:00',
      '2025-10-27T23:00',
      '2025-10-28T23:00',
      '2025-10-29T23:00',
      '2025-10-30T23:00',
    ])
    expect(periods.monthly.end).toBe(instant('2025-10-31T23:00:00Z'))
  })

  it('are none on the last day of all', () => {
    // A Sunday that ends a month.
    expect(judged({ lines: [], at: '2025-11-30T23:59:00Z' }).snapshot.daysToCome).toEqual([])
  })
})
