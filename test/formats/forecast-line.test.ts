import { describe, expect, test } from 'vitest'
import { type Forecast, NO_FORECAST } from '../../src/core/forecast.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { forecastLine, limitText } from '../../src/formats/forecast-line.ts'
import { lineText } from '../../src/formats/line.ts'
import { aDashboard, BERLIN, NOW, usd } from '../tui/a-dashboard.ts'

const HOUR = 3_600_000
const FORECAST: Forecast = {
  burnPerHour: usd('1.20'),
  projected: { low: usd('12.10'), likely: usd('13'), high: usd('15.20') },
  limitReachedAt: NOW + 2.6 * HOUR,
  safePerHour: usd('0.19'),
}
const GROUND = { now: NOW, today: aDashboard().snapshot.periods.daily, clock: BERLIN }
const PAGE = { columns: 80, rows: 24, ascii: false }

function verdictOf(id: string): Verdict {
  const verdict = aDashboard().verdicts.find(({ budget }) => budget.id === id)
  if (verdict === undefined) throw new Error(`no budget ${id}`)
  return verdict
}

describe('below a gauge stands what is to be expected', () => {
  test.each<[id: string, change: Partial<Forecast>, columns: number, text: string]>([
    [
      'daily',
      {},
      120,
      'even pace 58% · $12.10–$15.20 by midnight · limit at 16:38 · burn $1.20/h · safe $0.19/h · 9h58m left',
    ],
    ['daily', {}, 67, 'even pace 58% · $12.10–$15.20 by midnight · limit at 16:38'],
    ['daily', {}, 40, 'even pace 58% · limit at 16:38'],
    ['daily', {}, 10, 'even pace 58%'],
    ['daily', { limitReachedAt: null }, 60, 'even pace 58% · $12.10–$15.20 by midnight · safe $0.19/h'],
    [
      'weekly',
      { limitReachedAt: NOW + 4 * HOUR },
      67,
      'even pace 94% · $12.10–$15.20 by midnight · limit at 18:02',
    ],
    [
      'monthly',
      { limitReachedAt: NOW + 72 * HOUR },
      70,
      'even pace 71% · $12.10–$15.20 by Mon 30 Nov · limit on Wed 25 Nov',
    ],
    ['daily', NO_FORECAST, 67, 'even pace 58% · 9h58m left'],
    [
      'opus/daily',
      {},
      120,
      'even pace 58% · $12.10–$15.20 by midnight · limit at 16:38 · burn $1.20/h · 9h58m left',
    ],
    ['per_session', {}, 120, ''],
  ])('%s, %j, in %i columns: %s', (id, change, columns, text) => {
    const line = forecastLine(verdictOf(id), { ...FORECAST, ...change }, GROUND, columns, PAGE)
    expect(lineText(line)).toBe(text)
  })

  test('without a forecast only what the calendar knows', () => {
    expect(lineText(forecastLine(verdictOf('daily'), undefined, GROUND, 67, PAGE))).toBe(
      'even pace 58% · 9h58m left',
    )
    expect(limitText(undefined, GROUND)).toBeNull()
  })
})
