import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { PeriodKind, Scope } from '../../src/core/budget.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { type Forecast, NO_FORECAST, forecastOf } from '../../src/core/forecast.ts'
import { type Money, decimalText } from '../../src/core/money.ts'
import { aBudget } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { judged } from './judging.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A Monday. */
const NOW = '2025-12-15T14:30:00Z'

interface Situation {
  /** Dollars by how many days ago; today's were spent at one in the morning. */
  readonly days?: Readonly<Record<number, number>>
  /** Dollars by how many minutes ago. */
  readonly minutes?: Readonly<Record<number, number>>
  readonly at?: string
  readonly limit?: string
  readonly kind?: PeriodKind
  readonly scope?: Scope
  readonly zone?: string
  readonly more?: readonly string[]
}

function spendOf(timestamp: number, cost_usd: number, tool = 'amp'): string {
  return usage({ id: `${tool} ${timestamp}`, tool, timestamp: new Date(timestamp).toISOString(), cost_usd })
}

/** A budget's forecast, and what is spent of it. */
function foretell({
  days = {},
  minutes = {},
  at = NOW,
  limit = '10',
  kind = 'daily',
  scope = {},
  zone = 'UTC',
  more = [],
}: Situation): { readonly forecast: Forecast; readonly spent: Money } {
  const now = instant(at)
  const calendar = createCalendar(zone)
  const lines = [
    ...Object.entries(days).map(([ago, usd]) =>
      spendOf(calendar.startOfDay(calendar.dayOf(now) - Number(ago)) + HOUR, usd),
    ),
    ...Object.entries(minutes).map(([ago, usd]) => spendOf(now - Number(ago) * MINUTE, usd)),
    ...more,
  ]
  const { snapshot, verdicts } = judged({ lines, budgets: [aBudget(kind, limit, scope)], at, calendar })
  const [verdict] = verdicts
  return { forecast: forecastOf(verdict!, snapshot), spent: verdict!.spent }
}

function forecast(situation: Situation): Forecast {
  return foretell(situation).forecast
}

function limitOf({ limit = '10' }: Situation): Money {
  return aBudget('daily', limit).limit
}

function inDollars({ projected }: Forecast): readonly string[] | null {
  return projected === null ? null : [projected.low, projected.likely, projected.high].map(decimalText)
}

function reached({ limitReachedAt }: Forecast): string | null {
  return limitReachedAt === null ? null : new Date(limitReachedAt).toISOString().slice(0, 16)
}

/** Every day of four weeks alike. */
const FOUR_WEEKS = Object.fromEntries(Array.from({ length: 28 }, (_, nth) => [nth + 1, 5]))

/** Working days only, 2, 4, 6, 8 and 10 dollars from Monday to Friday, as seen from a Monday. */
const WORKING_WEEKS = Object.fromEntries(
  [1, 2, 3, 4].flatMap((week) => [2, 4, 6, 8, 10].map((usd, weekday) => [7 * week - weekday, usd])),
)

describe('the burn rate', () => {
  test.each<[what: string, minutes: Readonly<Record<number, number>>, usd: string | null]>([
    ['nothing without spend', {}, null],
    ['nothing for a single burst', { 30: 5 }, null],
    ['nothing while the work is younger than ten minutes', { 9: 1, 2: 1 }, null],
    ['what the last hour cost', { 10: 1, 2: 1.5 }, '2.5'],
    ['what the whole of the last hour cost', { 59: 1, 30: 2, 0: 4 }, '7'],
    ['not what was before it', { 61: 8, 60: 8, 40: 1, 5: 1 }, '2'],
  ])('is %s', (_, minutes, usd) => {
    const { burnPerHour } = forecast({ minutes })
    expect(burnPerHour === null ? null : decimalText(burnPerHour)).toBe(usd)
  })

  it('is that of the scope', () => {
    const more = [
      spendOf(instant(NOW) - 20 * MINUTE, 1, 'codex'),
      spendOf(instant(NOW) - 4 * MINUTE, 2, 'codex'),
    ]
    const { burnPerHour } = forecast({ minutes: { 20: 8, 10: 8 }, more, scope: { tool: 'codex' } })
    expect(decimalText(burnPerHour!)).toBe('3')
  })
})

describe('what will have been spent', () => {
  test.each<[what: string, situation: Situation, expected: readonly string[] | null]>([
    ['is unknown on the first days', { days: { 0: 1, 1: 5, 2: 5 }, kind: 'weekly' }, null],
    ['is what the day has when it is more than usual', { days: { ...FOUR_WEEKS, 0: 7 } }, ['7', '7', '7']],
    ['is what a day like this costs', { days: { ...FOUR_WEEKS, 0: 1 } }, ['5', '5', '5']],
    [
      'is within what single days cost while there are not two weeks',
      { days: { 0: 1, 1: 3, 2: 5, 3: 7 } },
      ['3', '5', '7'],
    ],
    [
      'is within what such days cost in the last weeks',
      { days: { ...FOUR_WEEKS, 7: 3, 14: 4, 21: 9, 28: 12 } },
      ['3', '7', '12'],
    ],
    // Monday: 30 a week, of which today's 2 are still to come.
    ['knows which days are worked on', { days: WORKING_WEEKS, kind: 'weekly' }, ['30', '30', '30']],
    // The 15th to the 31st: two whole weeks, and Monday, Tuesday and Wednesday.
    [
      'goes on to the end of the month',
      { days: WORKING_WEEKS, kind: 'monthly' },
      // From the 1st to the 14th there were two weeks of 30.
      ['132', '132', '132'],
    ],
    [
      'knows that nobody stops this instant',
      { days: { ...FOUR_WEEKS, 0: 4 }, minutes: { 50: 1, 10: 2 } },
      // Seven so far, another three within the hour, and at the most for eight.
      ['7', '10', '31'],
    ],
    [
      'does not go on for longer than the day',
      { days: { ...FOUR_WEEKS, 0: 4 }, minutes: { 50: 1, 10: 2 }, at: '2025-12-15T23:30:00Z' },
      ['7', '8.5', '8.5'],
    ],
  ])('%s', (_, situation, expected) => {
    expect(inDollars(forecast(situation))).toEqual(expected)
  })

  it('is no more exact than a hundredth of a cent', () => {
    const days = { 1: 1, 2: 1, 3: 0.000001 }
    expect(inDollars(forecast({ days }))).toEqual(['0.0001', '0.6667', '1'])
  })
})

describe('when the limit is reached', () => {
  test.each<[what: string, situation: Situation, expected: string | null]>([
    ['is unknown when nothing is known', { days: { 0: 1 } }, null],
    ['is never again once it is', { days: { ...FOUR_WEEKS, 0: 10 } }, null],
    // Four dollars an hour, and six are left.
    ['is told by the last hour alone', { minutes: { 40: 2, 20: 2 } }, '2025-12-15T16:00'],
    ['is not told so far ahead', { minutes: { 40: 0.2, 20: 0.2 } }, null],
    [
      'is not told beyond the end of the day',
      { minutes: { 40: 2, 20: 2 }, limit: '13', at: '2025-12-15T22:00:00Z' },
      null,
    ],
    // Five of ten hours bring it to six.
    [
      'is within what is usual for the rest of the day',
      { days: { ...FOUR_WEEKS, 0: 2 }, limit: '3.5', at: '2025-12-15T14:00:00Z' },
      '2025-12-15T19:00',
    ],
    ['is never when the usual stays inside', { days: { ...FOUR_WEEKS, 0: 2 }, limit: '5.01' }, null],
    // Monday to Wednesday cost 12, and of the 8 of Thursday a quarter is left.
    [
      'falls on the day that reaches it',
      { days: WORKING_WEEKS, kind: 'weekly', limit: '14', at: '2025-12-15T00:00:00Z' },
      '2025-12-18T06:00',
    ],
    [
      'does not fall on a day off',
      { days: WORKING_WEEKS, kind: 'monthly', limit: '91', at: '2025-12-15T00:00:00Z' },
      '2025-12-22T12:00',
    ],
  ])('%s', (_, situation, expected) => {
    expect(reached(forecast(situation))).toBe(expected)
  })

  it('knows how long days are where clocks change', () => {
    // Clocks go back on Sunday the 26th: its second half begins at noon all the same, less half an hour.
    const days = { ...FOUR_WEEKS, 0: 5 }
    const at = '2025-10-25T12:00:00Z'
    const situation = { days, kind: 'weekly', at, zone: 'Europe/Berlin', limit: '32.5' } as const
    expect(reached(forecast(situation))).toBe('2025-10-26T10:30')
  })
})

describe('what is safe to spend', () => {
  test.each<[what: string, situation: Situation, usd: string]>([
    ['is what is left by the hours that are left', { days: { 0: 2 }, at: '2025-12-15T16:00:00Z' }, '1'],
    ['is nothing when the limit is reached', { days: { 0: 10 } }, '0'],
    ['is nothing when nothing may be spent', { limit: '0' }, '0'],
    ['is no more than what is left in the last hour', { days: { 0: 9 }, at: '2025-12-15T23:59:00Z' }, '1'],
    ['is for the whole period', { kind: 'weekly', limit: '84', at: '2025-12-15T00:00:00Z' }, '0.5'],
  ])('%s', (_, situation, usd) => {
    expect(decimalText(forecast(situation).safePerHour!)).toBe(usd)
  })
})

it('nothing is foretold of a session', () => {
  const lines = [usage({ id: 'a', cost_usd: 1 })]
  const { snapshot, verdicts } = judged({ lines, budgets: [aBudget('per_session', '2')] })
  expect(verdicts.map((verdict) => forecastOf(verdict, snapshot))).toEqual([NO_FORECAST])
})

describe('whatever was spent', () => {
  const cents = fc.integer({ min: 0, max: 2000 }).map((amount) => amount / 100)
  const spends = (key: fc.Arbitrary<string>) => fc.dictionary(key, cents, { maxKeys: 14 })
  const situations = fc.record({
    days: spends(fc.integer({ min: 0, max: 29 }).map(String)),
    minutes: spends(fc.integer({ min: 0, max: 70 }).map(String)),
    limit: fc.integer({ min: 0, max: 90 }).map(String),
    kind: fc.constantFrom<PeriodKind>('daily', 'weekly', 'monthly'),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
    // The ends of March and October, where clocks change, and any minute.
    at: fc
      .tuple(fc.constantFrom('2025-03-24', '2025-10-20', '2025-11-01'), fc.nat({ max: 14 * 24 * 60 }))
      .map(([day, minutes]) => new Date(Date.parse(day) + minutes * MINUTE).toISOString()),
  })

  it('a forecast is in order, never below what is spent, and within the period', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { forecast: told, spent } = foretell(situation)
        const { projected, limitReachedAt, safePerHour } = told
        const now = instant(situation.at)
        if (projected !== null) {
          expect(projected.low >= spent).toBe(true)
          expect(projected.likely >= projected.low).toBe(true)
          expect(projected.high >= projected.likely).toBe(true)
        }
        const end = createCalendar(situation.zone).periodAt(situation.kind, now).end
        if (limitReachedAt !== null) {
          expect(limitReachedAt).toBeGreaterThanOrEqual(now)
          expect(limitReachedAt).toBeLessThanOrEqual(end)
          if (projected !== null) expect(projected.high >= limitOf(situation)).toBe(true)
        }
        expect(safePerHour! >= 0n).toBe(true)
      }),
    )
  })

  it('more spend today never makes less of a forecast, and never a later limit', () => {
    fc.assert(
      fc.property(
        situations,
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 1, max: 900 }),
        (one, ago, more) => {
          // The same day, however early it is.
          const now = instant(one.at)
          const timestamp = Math.max(
            createCalendar(one.zone).periodAt('daily', now).start,
            now - ago * MINUTE,
          )
          const line = usage({
            id: 'more',
            timestamp: new Date(timestamp).toISOString(),
            cost_usd: more / 100,
          })
          const before = forecast(one)
          const { forecast: after, spent } = foretell({ ...one, more: [line] })
          if (before.burnPerHour !== null) expect(after.burnPerHour! >= before.burnPerHour).toBe(true)
          if (before.projected !== null) {
            expect(after.projected!.low >= before.projected.low).toBe(true)
            expect(after.projected!.likely >= before.projected.likely).toBe(true)
            expect(after.projected!.high >= before.projected.high).toBe(true)
          }
          if (before.limitReachedAt !== null && spent < limitOf(one)) {
            expect(after.limitReachedAt).toBeLessThanOrEqual(before.limitReachedAt)
          }
          expect(after.safePerHour! <= before.safePerHour!).toBe(true)
        },
      ),
    )
  })
})
