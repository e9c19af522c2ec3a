import { type BilledProject, type Billing, codeOf } from '../core/billing.ts'
import { type Charge, chargeFor, inCents } from '../core/charge.ts'
import { type Expense, hasDayIn, isDueIn } from '../core/expense.ts'
import { monthOf } from '../core/month.ts'
import { matchesGlob } from '../core/glob.ts'
import { type Money, NO_MONEY, plus } from '../core/money.ts'
import { NO_SESSION } from '../core/session-cells.ts'
import type { DaySpan } from './day-span.ts'
import { type Sum, sumsBy, totalOf } from './sums.ts'
import { EVERYTHING, type Selection, type Usage, labelsOf, select } from './usage.ts'

/** What a project code comes to in a month. */
export interface Account {
  /** `''` for what belongs to no code. */
  readonly code: string
  /** Null for a code of which nothing is known. */
  readonly project: BilledProject | null
  readonly sum: Sum
  /** Sessions that began in the month. */
  readonly begun: number
  /** Those of the month, whoever pays them. */
  readonly expenses: readonly Expense[]
  /** For the use of models; null where nobody has said how it is billed. */
  readonly charge: Charge | null
  /** The charge and the expenses that go with it; null where there is nobody to bill. */
  readonly due: Charge | null
}

/** Which accounts are told, by patterns; null for all of them. */
export interface InvoiceFilter {
  readonly code: string | null
  readonly client: string | null
}

/** All accounts of a month, and what they come to together. */
export interface Accounting {
  /** By code; what belongs to none comes last. */
  readonly accounts: readonly Account[]
  readonly total: Sum
}

/** Adds up the use and the expenses of a month by project code. */
export function accountsOf(usage: Usage, span: DaySpan, billing: Billing, filter: InvoiceFilter): Accounting {
  const month = monthOf(span.first)
  const selection = select(usage, span, EVERYTHING)
  const codeOfRow = (row: number): string => codeOf(labelsOf(usage, row), billing)
  const sums = new Map(sumsBy(selection, codeOfRow).map(({ key, sum }) => [key, sum]))
  const begun = new Map(sumsBy(begunIn(selection), codeOfRow).map(({ key, sum }) => [key, sum.sessions]))
  const due = billing.expenses.filter((expense) => isDueIn(expense, month))
  const projects = new Map(billing.projects.map((project) => [project.code, project]))
  const nothing = totalOf({ ...selection, rows: [] })
  const accounts = codesOf([...sums.keys()], due, billing, filter, month)
    .filter((code) => isTold(code, projects.get(code), filter))
    .map((code) =>
      accountOf(month, {
        code,
        project: projects.get(code) ?? null,
        sum: sums.get(code) ?? nothing,
        begun: begun.get(code) ?? 0,
        expenses: due.filter((expense) => expense.code === code),
      }),
    )
  const told = new Set(accounts.map(({ code }) => code))
  const rows = selection.rows.filter((row) => told.has(codeOfRow(row)))
  return { accounts, total: totalOf({ ...selection, rows }) }
}

/** To the cent each, as they stand on the bill. */
export function expenseTotal(expenses: readonly Expense[]): Money {
  return expenses.reduce((sum, { amount }) => plus(sum, inCents(amount)), NO_MONEY)
}

/** The rows of sessions that began within the span. */
function begunIn(selection: Selection): Selection {
  const { usage, span } = selection
  const start = usage.calendar.startOfDay(span.first)
  const end = usage.calendar.startOfDay(span.next)
  const hasBegun = (session: number): boolean => {
    const first = session === NO_SESSION ? NaN : usage.sessions.first[session]!
    return first >= start && first < end
  }
  return { ...selection, rows: selection.rows.filter((row) => hasBegun(usage.cells.sessionOf(row))) }
}

/** Codes with something to tell: use, an expense, a fee, or somebody asked for them. */
function codesOf(
  used: readonly string[],
  due: readonly Expense[],
  { projects }: Billing,
  filter: InvoiceFilter,
  month: number,
): readonly string[] {
  const owed = projects.filter(
    (project) =>
      project.code === filter.code ||
      (project.rate?.method === 'retainer' && project.rate.fee !== null && hasDayIn(project, month)),
  )
  const codes = new Set([...used, ...due.map(({ code }) => code), ...owed.map(({ code }) => code)])
  return [...codes].toSorted((a, b) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1))
}

function isTold(code: string, project: BilledProject | undefined, filter: InvoiceFilter): boolean {
  return (
    (filter.code === null || matchesGlob(filter.code, code)) &&
    (filter.client === null || matchesGlob(filter.client, project?.client ?? ''))
  )
}

function accountOf(month: number, account: Omit<Account, 'charge' | 'due'>): Account {
  const { code, project, sum, begun } = account
  if (code === '') return { ...account, charge: null, due: null }
  const charge = project === null ? null : chargeFor(project, { ...sum, begun }, month)
  return { ...account, charge, due: dueOf(account, charge) }
}

function dueOf({ project, sum, expenses }: Omit<Account, 'charge' | 'due'>, charge: Charge | null): Charge {
  // What is done for oneself costs oneself.
  if (project?.rate?.method === 'internal') return { usd: NO_MONEY, lowerBound: false }
  const paid = expenseTotal(expenses)
  // Use that nobody has put a price on is not for free.
  if (charge === null) return { usd: paid, lowerBound: sum.records > 0 }
  return { usd: plus(charge.usd, paid), lowerBound: charge.lowerBound }
}
