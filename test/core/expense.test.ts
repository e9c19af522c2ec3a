import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Expense, type Frequency, hasDayIn, isDueIn } from '../../src/core/expense.ts'
import { monthOf } from '../../src/core/month.ts'
import { parseMoney } from '../../src/core/money.ts'
import { DAY_MS, daysFromCivil, formatDay } from '../../src/core/timestamp.ts'
import { instant } from '../kit/fold-lines.ts'

const day = (text: string): number => instant(text) / DAY_MS
const month = (text: string): number => monthOf(day(`${text}-01`))
const ABOUT = {
  id: 'x',
  description: 'x',
  category: 'hosting',
  amount: parseMoney('1')!,
  notes: '',
  code: '',
} as const

function recurring(frequency: Frequency, start: string, end: string | null = null): Expense {
  return { kind: 'recurring', ...ABOUT, frequency, start: day(start), end: end === null ? null : day(end) }
}

/** The months in which an expense is due, of three years. */
function dueMonths(expense: Expense, from = '2024-01'): string[] {
  const months = Array.from({ length: 36 }, (_, nth) => month(from) + nth)
  return months.filter((one) => isDueIn(expense, one)).map(monthText)
}

function monthText(one: number): string {
  return formatDay(daysFromCivil(Math.floor(one / 12), (one % 12) + 1, 1)).slice(0, 7)
}

describe('an expense belongs to', () => {
  test.each<[why: string, expense: Expense, months: string[]]>([
    ['the month of its purchase', { kind: 'one-time', ...ABOUT, day: day('2026-02-15') }, ['2026-02']],
    ['that month on its last day, too', { kind: 'one-time', ...ABOUT, day: day('2024-02-29') }, ['2024-02']],
    [
      'every month of its term, the first and the last included',
      recurring('monthly', '2024-11-30', '2025-02-01'),
      ['2024-11', '2024-12', '2025-01', '2025-02'],
    ],
    [
      'February, when it began on a 31st',
      recurring('monthly', '2024-01-31', '2024-03-30'),
      ['2024-01', '2024-02', '2024-03'],
    ],
    [
      'a single month, when it ends on its first day',
      recurring('monthly', '2024-05-31', '2024-05-31'),
      ['2024-05'],
    ],
    [
      'every third month from its start',
      recurring('quarterly', '2024-11-30', '2025-08-31'),
      ['2024-11', '2025-02', '2025-05', '2025-08'],
    ],
    [
      'shorter months, on their last day',
      recurring('quarterly', '2024-01-31', '2024-04-30'),
      ['2024-01', '2024-04'],
    ],
    [
      'no month in which it ended before its day',
      recurring('quarterly', '2024-01-31', '2024-04-29'),
      ['2024-01'],
    ],
    ['the months of its anniversaries', recurring('yearly', '2024-06-15'), ['2024-06', '2025-06', '2026-06']],
    [
      'February of years without its 29th',
      recurring('yearly', '2024-02-29', '2025-02-28'),
      ['2024-02', '2025-02'],
    ],
    ['no anniversary after its end', recurring('yearly', '2024-06-15', '2026-06-14'), ['2024-06', '2025-06']],
    [
      'an anniversary on the very day of its end',
      recurring('yearly', '2024-06-15', '2025-06-15'),
      ['2024-06', '2025-06'],
    ],
    ['no month before its start', recurring('yearly', '2026-12-31'), ['2026-12']],
  ])('%s', (_, expense, months) => {
    expect(dueMonths(expense)).toEqual(months)
  })

  const days = fc.integer({ min: day('1999-01-01'), max: day('2101-01-01') })
  const terms = fc
    .tuple(days, fc.integer({ min: 0, max: 4000 }))
    .map(([start, length]) => ({ start, end: start + length }))

  it('as many months as its term has, paid monthly', () => {
    fc.assert(
      fc.property(terms, ({ start, end }) => {
        const expense: Expense = { kind: 'recurring', ...ABOUT, frequency: 'monthly', start, end }
        expect(monthsDue(expense, start, end)).toHaveLength(monthOf(end) - monthOf(start) + 1)
      }),
    )
  })

  it('months that lie three or twelve apart, paid less often, and always to the one in which it began', () => {
    fc.assert(
      fc.property(
        terms,
        fc.constantFrom('quarterly' as const, 'yearly' as const),
        ({ start, end }, frequency) => {
          const due = monthsDue({ kind: 'recurring', ...ABOUT, frequency, start, end }, start, end)
          const step = frequency === 'quarterly' ? 3 : 12
          expect(due[0]).toBe(monthOf(start))
          expect(due.every((one, nth) => one === monthOf(start) + nth * step)).toBe(true)
          // The next one would lie beyond the end, or at most within its month.
          expect(monthOf(start) + due.length * step).toBeGreaterThanOrEqual(monthOf(end))
        },
      ),
    )
  })
})

test.each<[start: string | null, end: string | null, is: boolean]>([
  [null, null, true],
  ['2025-12-31', null, true],
  ['2026-01-01', null, false],
  [null, '2025-12-01', true],
  [null, '2025-11-30', false],
])('a term from %s to %s has a day in December: %s', (start, end, is) => {
  const term = { start: start === null ? null : day(start), end: end === null ? null : day(end) }
  expect(hasDayIn(term, month('2025-12'))).toBe(is)
})

function monthsDue(expense: Expense, start: number, end: number): number[] {
  const length = monthOf(end) - monthOf(start) + 25
  const months = Array.from({ length }, (_, nth) => monthOf(start) - 12 + nth)
  return months.filter((one) => isDueIn(expense, one))
}
