import type { Billing } from '../core/billing.ts'
import { displayMoney } from '../core/money.ts'
import { planUse } from '../core/plan.ts'
import type { Quality } from '../core/quality.ts'
import { type Figures, type Report, count, money, name, share } from '../core/report.ts'
import { type DaySpan, reportSpan } from './day-span.ts'
import {
  type Account,
  type Accounting,
  type InvoiceFilter,
  accountsOf,
  expenseTotal,
} from './invoice-accounts.ts'
import { chargeTable, clientTable, dueFor, expenseTable, projectTable } from './invoice-tables.ts'
import { type Sum, totalOf } from './sums.ts'
import { EVERYTHING, type Usage, select } from './usage.ts'

/** What an invoice is asked about. */
export interface InvoiceAsked {
  readonly usage: Usage
  /** A month. */
  readonly span: DaySpan
  readonly billing: Billing
  readonly filter: InvoiceFilter
  /** Epoch milliseconds. */
  readonly asOf: number
  readonly quality: Quality
}

/** What was used and paid for in a month by project code, who is billed how much for it, and what is doubtful about that. */
export function invoice(asked: InvoiceAsked): Report {
  const { usage, span, billing, filter, asOf, quality } = asked
  const { calendar } = usage
  const accounting = accountsOf(usage, span, billing, filter)
  const { accounts } = accounting
  return {
    name: 'invoice',
    title: `Invoice: ${calendar.isoDay(span.first).slice(0, 7)}`,
    span: reportSpan(span, calendar),
    zone: calendar.zone,
    asOf,
    filters: {
      ...(filter.code === null ? {} : { project_code: filter.code }),
      ...(filter.client === null ? {} : { client: filter.client }),
    },
    sections: [
      totalFigures(accounting),
      projectTable(accounting),
      chargeTable(accounts),
      ...clientTable(accounts),
      expenseTable(accounts),
      // Of no interest to a client, and about more than one.
      ...(isNarrow(filter) ? [] : planFigures(billing, totalOf(select(usage, span, EVERYTHING)))),
    ],
    quality: {
      ...quality,
      notes: [
        ...quality.notes,
        ...misses(asked, accounts),
        ...doubtsAbout(accounts),
        ...doubtsAboutExpenses(accounts),
        ...unfinished(asked),
      ],
    },
  }
}

function isNarrow({ code, client }: InvoiceFilter): boolean {
  return code !== null || client !== null
}

/** What a plan's fee was good for in a month; nothing where no fee is known. */
export function planFigures({ subscription }: Pick<Billing, 'subscription'>, month: Sum): readonly Figures[] {
  if (subscription === null) return []
  const { plan, fee, apiEquivalent, lowerBound, ratio } = planUse(subscription, month)
  return [
    {
      kind: 'figures',
      key: 'plan',
      title: 'Subscription',
      figures: [
        { key: 'plan', label: 'plan', value: name(plan) },
        { key: 'monthly_fee_usd', label: 'fee for the month', value: money(fee, false) },
        {
          key: 'api_equivalent_usd',
          label: 'the same by the token',
          value: money(apiEquivalent, lowerBound),
        },
        { key: 'ratio', label: 'fee used', value: share(ratio) },
      ],
    },
  ]
}

function totalFigures({ accounts, total }: Accounting): Figures {
  const due = dueFor(accounts)
  const { usd, lowerBound, sessions, tokens } = total
  const expenses = expenseTotal(accounts.flatMap((account) => account.expenses))
  return {
    kind: 'figures',
    key: 'total',
    title: 'Total',
    figures: [
      { key: 'due_usd', label: 'due', value: money(due.usd, due.lowerBound) },
      { key: 'cost_usd', label: 'cost of models', value: money(usd, lowerBound) },
      { key: 'expenses_usd', label: 'expenses', value: money(expenses, false) },
      { key: 'sessions', label: 'sessions', value: count(sessions) },
      { key: 'input_tokens', label: 'input tokens', value: count(tokens.input) },
      { key: 'output_tokens', label: 'output tokens', value: count(tokens.output) },
      { key: 'cache_read_tokens', label: 'read from cache', value: count(tokens.cacheRead) },
      { key: 'cache_write_tokens', label: 'written to cache', value: count(tokens.cacheWrite) },
    ],
  }
}

/** A slip in a name must not look like a month without work. */
function misses({ usage, span, billing, filter }: InvoiceAsked, told: readonly Account[]): readonly string[] {
  if (told.length > 0 || !isNarrow(filter)) return []
  const { accounts } = accountsOf(usage, span, billing, EVERY_ACCOUNT)
  const known = accounts.filter(({ code }) => code !== '').map(nameOf)
  return [
    `nothing in this month is what you asked for: ${known.length === 0 ? 'no code is used' : `there is ${known.join(', ')}`}`,
  ]
}

function nameOf({ code, project }: Account): string {
  const client = project?.client ?? null
  return client === null ? code : `${code} (${client})`
}

const EVERY_ACCOUNT: InvoiceFilter = { code: null, client: null }

/** Use that is on no bill because nobody has said whose it is, or how it is paid for. */
function doubtsAbout(accounts: readonly Account[]): readonly string[] {
  return accounts.flatMap(({ code, project, sum, charge }) => {
    if (sum.records === 0 || charge !== null) return []
    const cost = `${sum.lowerBound ? 'at least ' : ''}${displayMoney(sum.usd)}`
    if (code === '') {
      return [
        `${cost} has no project code and is on no bill: put one into .claude/project-code.txt of the project`,
      ]
    }
    const fix = project?.rate === undefined || project.rate === null ? '"billing"' : '"session_rate_usd"'
    return [`${cost} of ${code} is on no bill: give the project ${fix} in ~/.config/ai-costs/billing.json`]
  })
}

/** Expenses that are on no bill, and those that are on it twice: a file of settings and one of a project may both have them. */
function doubtsAboutExpenses(accounts: readonly Account[]): readonly string[] {
  return accounts.flatMap(({ code, expenses }) => {
    if (code === '') {
      if (expenses.length === 0) return []
      const amount = displayMoney(expenseTotal(expenses))
      return [`${amount} of expenses has no project code and is on no bill: give each a "project_code"`]
    }
    const ids = expenses.map(({ id }) => id)
    const repeated = new Set(ids.filter((id, nth) => ids.indexOf(id) < nth))
    return [...repeated].map(
      (id) =>
        `the expense ${id} of ${code} stands in two files and counts twice: remove it from one, or give it another id`,
    )
  })
}

function unfinished({ usage, span, asOf }: InvoiceAsked): readonly string[] {
  return asOf < usage.calendar.startOfDay(span.next) ? ['the month is not over: ask again when it is'] : []
}
