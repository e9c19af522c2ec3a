import type { Charge } from '../core/charge.ts'
import type { Expense } from '../core/expense.ts'
import { displayMoney, type Money, NO_MONEY, plus } from '../core/money.ts'
import { NONE, type Table, type Value, count, money, name, word } from '../core/report.ts'
import { type Account, type Accounting, expenseTotal } from './invoice-accounts.ts'
import { COST, SESSIONS, TOKENS, valuesOf } from './sum-columns.ts'

/** What is due for several accounts; those that nobody is billed for add nothing. */
export function dueFor(accounts: readonly Account[]): Charge {
  return {
    usd: accounts.reduce((sum, { due }) => plus(sum, due?.usd ?? NO_MONEY), NO_MONEY),
    lowerBound: accounts.some(({ due }) => due?.lowerBound === true),
  }
}

/** Each project code: sessions, tokens, costs, and what of them is billed. */
export function projectTable({ accounts, total }: Accounting): Table {
  const sums = [SESSIONS, ...TOKENS, COST]
  const all = dueFor(accounts)
  return {
    kind: 'table',
    key: 'projects',
    title: 'By project code',
    columns: [
      { key: 'project_code', title: 'code' },
      { key: 'client', title: 'client', expendable: 2 },
      { key: 'billing', title: 'billing', expendable: 1 },
      ...sums,
      { key: 'expenses_usd', title: 'expenses' },
      { key: 'due_usd', title: 'due' },
    ],
    rows: accounts.map((account) => [
      codeValue(account.code),
      clientValue(account),
      word(account.project?.rate?.method ?? 'not set'),
      ...valuesOf(sums, account.sum, total),
      money(expenseTotal(account.expenses), false),
      chargeValue(account.due),
    ]),
    total: [
      word('total'),
      word(''),
      word(''),
      ...valuesOf(sums, total, total),
      money(expenseTotal(accounts.flatMap(({ expenses }) => expenses)), false),
      money(all.usd, all.lowerBound),
    ],
    left: 0,
  }
}

/** What stands on the bill, line by line. What is done for oneself, or for no code, is on none. */
export function chargeTable(accounts: readonly Account[]): Table {
  const all = dueFor(accounts)
  return {
    kind: 'table',
    key: 'charges',
    title: 'Bill',
    columns: [
      { key: 'project_code', title: 'code' },
      { key: 'client', title: 'client', expendable: 1 },
      { key: 'item', title: 'item' },
      { key: 'basis', title: 'basis', expendable: 2 },
      { key: 'amount_usd', title: 'amount' },
    ],
    rows: accounts
      .filter(isBilled)
      .flatMap((account) => [
        ...useLine(account).map((line) => [codeValue(account.code), clientValue(account), ...line]),
        ...account.expenses.map((expense) => [
          codeValue(account.code),
          clientValue(account),
          name(expense.description),
          word(`${expense.category}, ${rhythmOf(expense)}`),
          money(expenseTotal([expense]), false),
        ]),
      ]),
    total: [word('total'), word(''), word(''), word(''), money(all.usd, all.lowerBound)],
    left: 0,
  }
}

/** Who pays how much; nothing while no project has a client. */
export function clientTable(accounts: readonly Account[]): readonly Table[] {
  const known = accounts.filter(({ project }) => (project?.client ?? null) !== null)
  if (known.length === 0) return []
  const clients = [...new Set(known.map(({ project }) => project!.client!))].toSorted()
  return [
    {
      kind: 'table',
      key: 'clients',
      title: 'By client',
      columns: [
        { key: 'client', title: 'client' },
        { key: 'projects', title: 'projects' },
        { key: 'due_usd', title: 'due' },
      ],
      rows: clients.map((client) => {
        const own = known.filter(({ project }) => project?.client === client)
        const due = dueFor(own)
        return [name(client), count(own.length), money(due.usd, due.lowerBound)]
      }),
      total: null,
      left: 0,
    },
  ]
}

/** Every expense of the month, also those that nobody is billed for. */
export function expenseTable(accounts: readonly Account[]): Table {
  const expenses = accounts.flatMap((account) => account.expenses)
  return {
    kind: 'table',
    key: 'expenses',
    title: 'Expenses',
    columns: [
      { key: 'project_code', title: 'code' },
      { key: 'id', title: 'id', expendable: 1 },
      { key: 'description', title: 'description' },
      { key: 'category', title: 'category', expendable: 2 },
      { key: 'frequency', title: 'paid', expendable: 3 },
      { key: 'amount_usd', title: 'amount' },
    ],
    rows: expenses.map((expense) => [
      codeValue(expense.code),
      name(expense.id),
      name(expense.description),
      word(expense.category),
      word(rhythmOf(expense)),
      money(expenseTotal([expense]), false),
    ]),
    total: [word('total'), word(''), word(''), word(''), word(''), money(expenseTotal(expenses), false)],
    left: 0,
  }
}

function isBilled({ code, project }: Account): boolean {
  return code !== '' && project?.rate?.method !== 'internal'
}

/** Nothing where there was no use and no fee. */
function useLine(account: Account): readonly (readonly [Value, Value, Value])[] {
  const { sum, charge } = account
  if (sum.records === 0 && (charge?.usd ?? NO_MONEY) === NO_MONEY) return []
  const item = account.project?.rate?.method === 'retainer' ? 'Retainer' : 'AI use'
  return [[word(item), word(basisOf(account)), chargeValue(charge)]]
}

function basisOf({ project, begun }: Account): string {
  const rate = project?.rate ?? null
  switch (rate?.method) {
    case 'api':
      return 'at cost'
    case 'retainer':
      return rate.fee === null ? 'AI use included, billed elsewhere' : 'AI use included'
    case 'subscription':
      return sessionsText(begun, rate.perSession)
    default:
      return 'no way of billing is set'
  }
}

function sessionsText(sessions: number, rate: Money | null): string {
  const each = rate === null ? 'no rate is set' : displayMoney(rate)
  return `${sessions} session${sessions === 1 ? '' : 's'} begun × ${each}`
}

function rhythmOf(expense: Expense): string {
  return expense.kind === 'recurring' ? expense.frequency : 'once'
}

function codeValue(code: string): Value {
  return code === '' ? word('(none)') : name(code)
}

function clientValue({ project }: Account): Value {
  const client = project?.client ?? null
  return client === null ? NONE : name(client)
}

function chargeValue(charge: Charge | null): Value {
  return charge === null ? NONE : money(charge.usd, charge.lowerBound)
}
