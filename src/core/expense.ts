import { monthOf } from './month.ts'
import type { Money } from './money.ts'
import { civilFromDays, daysFromCivil } from './timestamp.ts'

export const EXPENSE_CATEGORIES = ['hosting', 'domain', 'api', 'software', 'license', 'one-time'] as const
export type ExpenseCategory = (typeof EXPENSE_CATEGORIES)[number]

export const FREQUENCIES = ['monthly', 'quarterly', 'yearly'] as const
export type Frequency = (typeof FREQUENCIES)[number]

/** What a project costs besides tokens. Days are numbered from 1970-01-01. */
export type Expense = RecurringExpense | OneTimeExpense

interface AnyExpense {
  readonly id: string
  readonly description: string
  readonly category: ExpenseCategory
  /** In each month in which it is due. */
  readonly amount: Money
  readonly notes: string
  /** The code of the project that it is for; `''` for none. */
  readonly code: string
}

export interface RecurringExpense extends AnyExpense {
  readonly kind: 'recurring'
  readonly frequency: Frequency
  readonly start: number
  /** The last day, which is included; null while none is known. */
  readonly end: number | null
}

export interface OneTimeExpense extends AnyExpense {
  readonly kind: 'one-time'
  readonly day: number
}

/** From a day to a day, both included; null where it is open. */
export interface Term {
  readonly start: number | null
  readonly end: number | null
}

/**
 * Whether an expense belongs to a month: what is bought once to the month of that day; what is paid monthly to every
 * month with a day of its term; what is paid quarterly or yearly to the months in which the day of its start comes
 * round (in shorter months the last day), up to the end of its term.
 */
export function isDueIn(expense: Expense, month: number): boolean {
  if (expense.kind === 'one-time') return monthOf(expense.day) === month
  if (expense.frequency === 'monthly') return hasDayIn(expense, month)
  const since = month - monthOf(expense.start)
  if (since < 0 || since % MONTHS_BETWEEN[expense.frequency] !== 0) return false
  return expense.end === null || sameDayIn(month, expense.start) <= expense.end
}

const MONTHS_BETWEEN = { quarterly: 3, yearly: 12 } as const

/** Whether any day of a month lies in a term. */
export function hasDayIn({ start, end }: Term, month: number): boolean {
  return (start === null || month >= monthOf(start)) && (end === null || month <= monthOf(end))
}

/** The day of a month that has the number of another day in its month: of 31 January in April the 30th. */
function sameDayIn(month: number, day: number): number {
  const last = firstDayOf(month + 1) - 1
  return Math.min(firstDayOf(month) + civilFromDays(day).day - 1, last)
}

function firstDayOf(month: number): number {
  return daysFromCivil(Math.floor(month / 12), (month % 12) + 1, 1)
}
