import { describe, expect, it } from 'vitest'
import { HISTORY_DAYS, forecastsOf, latestDays, modelsOfDay } from '../../src/core/build-dashboard.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { formatInstant } from '../../src/core/timestamp.ts'
import { aBudget, usd } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { judged } from './judging.ts'

const dayOf = (text: string): number => Math.floor(instant(text) / 86_400_000)

describe('models of a day', () => {
  it('are summed over every other label, most spend first, equal ones by name', () => {
    const { fold } = judged({
      lines: [
        usage({ id: '1', model: 'b', cost_usd: 1, project: 'x' }),
        usage({ id: '2', model: 'b', cost_usd: 2, project: 'y', tool: 't' }),
        usage({ id: '3', model: 'z', cost_usd: 1 }),
        usage({ id: '4', model: 'a', cost_usd: 1 }),
        usage({ id: '5', model: 'acme' }),
        usage({ id: '6', model: 'gone', cost_usd: 9, timestamp: '2025-12-14T10:00:00Z' }),
      ],
    })
    expect(modelsOfDay(fold.rollup, dayOf('2025-12-15'))).toEqual([
      { model: 'b', spend: { usd: usd('3'), uncertain: 0 } },
      { model: 'a', spend: { usd: usd('1'), uncertain: 0 } },
      { model: 'z', spend: { usd: usd('1'), uncertain: 0 } },
      { model: 'acme', spend: { usd: 0n, uncertain: 1 } },
    ])
  })

  it('leave out a model whose record turned out to be another', () => {
    const { fold } = judged({
      lines: [
        usage({ id: '1', model: 'draft', cost_usd: 1 }),
        usage({ id: '1', model: 'final', cost_usd: 1, output_tokens: 500 }),
      ],
    })
    expect(modelsOfDay(fold.rollup, dayOf('2025-12-15')).map(({ model }) => model)).toEqual(['final'])
  })
})

describe('the latest days', () => {
  it('are thirty, oldest first, with today last and nothing of other days', () => {
    const { fold } = judged({
      lines: [
        usage({ id: '1', cost_usd: 1 }),
        usage({ id: '2', cost_usd: 2, timestamp: '2025-11-16T00:00:00Z' }),
        usage({ id: '3', cost_usd: 4, timestamp: '2025-11-15T23:59:59Z' }),
        usage({ id: '4', cost_usd: 8, timestamp: '2025-12-16T00:00:00Z' }),
        usage({ id: '5', cost_usd: 16, timestamp: 'never' }),
      ],
    })
    const days = latestDays(fold.rollup, createCalendar('UTC'), dayOf('2025-12-15'))
    expect(days).toHaveLength(HISTORY_DAYS)
    expect(days[0]).toEqual({ start: instant('2025-11-16'), usd: usd('2') })
    expect(days.at(-1)).toEqual({ start: instant('2025-12-15'), usd: usd('1') })
    expect(days.reduce((sum, day) => sum + day.usd, 0n)).toBe(usd('3'))
  })

  it('begin when their zone says, also where clocks change', () => {
    const calendar = createCalendar('America/New_York')
    const { fold } = judged({ lines: [], calendar })
    const starts = latestDays(fold.rollup, calendar, dayOf('2025-11-03')).map(({ start }) =>
      formatInstant(start),
    )
    expect(starts.slice(-3)).toEqual(['2025-11-01T04:00:00Z', '2025-11-02T04:00:00Z', '2025-11-03T05:00:00Z'])
  })
})

describe('the forecasts of a dashboard', () => {
  it('are one for each budget with a period, by its id', () => {
    const budgets = [
      aBudget('weekly', '50'),
      aBudget('per_session', '2'),
      aBudget('daily', '4', { tool: 'codex' }),
    ]
    const { snapshot, verdicts } = judged({ lines: [usage({ id: '1', cost_usd: 1 })], budgets })
    expect([...forecastsOf(verdicts, snapshot).keys()]).toEqual(['weekly', 'tool=codex/daily'])
  })
})
