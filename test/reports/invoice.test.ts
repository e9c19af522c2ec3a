import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Billing, type Rate, codedProject } from '../../src/core/billing.ts'
import type { Calendar } from '../../src/core/calendar.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { type Expense, isDueIn } from '../../src/core/expense.ts'
import { monthOf } from '../../src/core/month.ts'
import { type Money, NO_MONEY, decimalText, parseMoney, picodollarsOf, plus } from '../../src/core/money.ts'
import { CLEAN } from '../../src/core/quality.ts'
import type { Report, Value } from '../../src/core/report.ts'
import { DAY_MS } from '../../src/core/timestamp.ts'
import { ALL_DAYS, spanAround } from '../../src/reports/day-span.ts'
import { invoice } from '../../src/reports/invoice.ts'
import type { InvoiceFilter } from '../../src/reports/invoice-accounts.ts'
import { totalOf } from '../../src/reports/sums.ts'
import { EVERYTHING, select } from '../../src/reports/usage.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { figuresOf, foldOf, rowsOf, usageIn } from './asking.ts'

const AFTER = instant('2026-03-01T00:00:00Z')
const UTC = createCalendar('UTC')
const day = (text: string): number => instant(text) / DAY_MS
const usd = (text: string): Money => parseMoney(text)!

const project = (code: string, name: string, client: string | null, rate: Rate | null) => ({
  ...codedProject(code, name),
  client,
  rate,
})

const SERVER: Expense = {
  kind: 'recurring',
  id: 'server',
  description: 'Server',
  category: 'hosting',
  amount: usd('20'),
  notes: '',
  code: 'API',
  frequency: 'monthly',
  start: day('2025-01-31'),
  end: null,
}
const BILLING: Billing = {
  projects: [
    project('API', 'shop', 'Example Ltd', { method: 'api' }),
    project('SUB', 'site', 'Example Ltd', { method: 'subscription', perSession: usd('15') }),
    project('RET', 'app', 'Another Ltd', { method: 'retainer', fee: usd('500') }),
    project('INT', 'tools', null, { method: 'internal' }),
    project('NEW', 'news', null, null),
  ],
  expenses: [SERVER, { ...SERVER, id: 'own', code: 'INT' }, { ...SERVER, id: 'office', code: '' }],
  subscription: { plan: 'max', fee: usd('100') },
}

interface Asking {
  readonly month?: string
  readonly filter?: Partial<InvoiceFilter>
  readonly billing?: Billing
  readonly asOf?: number
  readonly calendar?: Calendar
}

function invoiceOf(lines: readonly string[], asking: Asking = {}): Report {
  const { month = '2025-12', filter = {}, billing = BILLING, asOf = AFTER, calendar = UTC } = asking
  return invoice({
    usage: usageIn(foldOf({ lines, asOf, calendar }), calendar),
    span: spanAround('monthly', day(`${month}-01`), calendar),
    billing,
    filter: { code: null, client: null, ...filter },
    asOf,
    quality: CLEAN,
  })
}

/** A value as a test reads it. */
function plain(value: Value | undefined): string | number | null {
  switch (value?.kind) {
    case 'money':
      return `${value.lowerBound ? '>=' : ''}${decimalText(value.usd)}`
    case 'name':
      return value.name
    case 'word':
      return value.word
    case 'count':
      return value.count
    default:
      return null
  }
}

const column = (report: Report, table: string, ...keys: readonly string[]) =>
  rowsOf(report, table).map((row) => keys.map((key) => plain(row[key])))

const MONTH = [
  usage({ session_id: 'a', project: 'shop', cost_usd: 1.234, timestamp: '2025-12-01T00:00:00Z' }),
  usage({ session_id: 'b', project: 'elsewhere', project_code: 'API', cost_usd: 1.233 }),
  usage({ session_id: 'c', project: 'site', cost_usd: 1, timestamp: '2025-11-30T23:59:59Z' }),
  usage({ session_id: 'c', project: 'site', cost_usd: 2, timestamp: '2025-12-01T01:00:00Z' }),
  usage({ session_id: 'd', project: 'site', cost_usd: 3, timestamp: '2025-12-31T23:59:59Z' }),
  usage({ session_id: 'd', project: 'site', cost_usd: 4, timestamp: '2026-01-01T00:00:00Z' }),
  usage({ session_id: 'e', project: 'tools', cost_usd: 5 }),
  usage({ session_id: 'f', project: 'news', cost_usd: 6 }),
  usage({ session_id: 'g', project: 'garden', cost_usd: 7 }),
]

describe('an invoice', () => {
  it('tells sessions, costs and expenses of each project code, and what is due for them', () => {
    expect(
      column(
        invoiceOf(MONTH),
        'projects',
        'project_code',
        'billing',
        'sessions',
        'cost_usd',
        'expenses_usd',
        'due_usd',
      ),
    ).toEqual([
      ['API', 'api', 2, '2.467', '20', '22.47'],
      ['INT', 'internal', 1, '5', '20', '0'],
      ['NEW', 'not set', 1, '6', '0', '>=0'],
      ['RET', 'retainer', 0, '0', '0', '500'],
      ['SUB', 'subscription', 2, '5', '0', '15'],
      ['(none)', 'not set', 1, '7', '20', null],
    ])
  })

  it('bills line by line, and nothing of what is done for oneself or for no code', () => {
    const report = invoiceOf(MONTH)
    expect(column(report, 'charges', 'project_code', 'item', 'basis', 'amount_usd')).toEqual([
      ['API', 'AI use', 'at cost', '2.47'],
      ['API', 'Server', 'hosting, monthly', '20'],
      ['NEW', 'AI use', 'no way of billing is set', null],
      ['RET', 'Retainer', 'AI use included', '500'],
      ['SUB', 'AI use', '1 session begun × $15.00', '15'],
    ])
    expect(plain(figuresOf(report, 'total')['due_usd'])).toBe('>=537.47')
    expect(column(report, 'clients', 'client', 'projects', 'due_usd')).toEqual([
      ['Another Ltd', 1, '500'],
      ['Example Ltd', 2, '37.47'],
    ])
  })

  it('charges a session once, in the month in which it began', () => {
    const due = ['2025-11', '2025-12', '2026-01'].map((month) =>
      column(invoiceOf(MONTH, { month, filter: { code: 'SUB' } }), 'projects', 'sessions', 'due_usd'),
    )
    expect(due).toEqual([[[1, '15']], [[2, '15']], [[1, '0']]])
  })

  it('says what is on no bill, and how to get it there', () => {
    expect(invoiceOf(MONTH).quality.notes).toEqual([
      '$6.00 of NEW is on no bill: give the project "billing" in ~/.config/ai-costs/billing.json',
      '$7.00 has no project code and is on no bill: put one into .claude/project-code.txt of the project',
      '$20.00 of expenses has no project code and is on no bill: give each a "project_code"',
    ])
  })

  it('says which expense stands in two files and is billed twice', () => {
    const expenses = [SERVER, SERVER, { ...SERVER, code: 'RET' }]
    expect(invoiceOf([], { billing: { ...BILLING, expenses } }).quality.notes).toEqual([
      'the expense server of API stands in two files and counts twice: remove it from one, or give it another id',
    ])
  })

  it('says that a month is not over', () => {
    const asOf = instant('2025-12-15T14:30:00Z')
    const billing = { ...BILLING, expenses: [] }
    expect(invoiceOf([], { asOf, billing }).quality.notes).toEqual([
      'the month is not over: ask again when it is',
    ])
  })

  it('charges no less than is known of what has no price', () => {
    const lines = [...MONTH, usage({ session_id: 'u', project: 'shop', model: 'acme', cost_usd: undefined })]
    expect(column(invoiceOf(lines, { filter: { code: 'API' } }), 'projects', 'cost_usd', 'due_usd')).toEqual([
      ['>=2.467', '>=22.47'],
    ])
  })

  it('holds a plan’s fee against what was used, where no client looks on', () => {
    const figures = figuresOf(invoiceOf(MONTH), 'plan')
    expect([plain(figures['api_equivalent_usd']), figures['ratio']]).toEqual([
      '25.467',
      { kind: 'share', share: 0.25467 },
    ])
    expect(() => figuresOf(invoiceOf(MONTH, { filter: { client: 'Example*' } }), 'plan')).toThrow(
      'no figures',
    )
  })

  it('of one client or code tells nothing of others', () => {
    const codes = (filter: Partial<InvoiceFilter>) =>
      column(invoiceOf(MONTH, { filter }), 'projects', 'project_code').flat()
    expect(codes({ client: 'Example*' })).toEqual(['API', 'SUB'])
    expect(codes({ client: 'Another Ltd', code: 'API' })).toEqual([])
    expect(codes({ code: 'RET' })).toEqual(['RET'])
    expect(plain(figuresOf(invoiceOf(MONTH, { filter: { code: 'SUB' } }), 'total')['cost_usd'])).toBe('5')
  })

  it('says which codes and clients there are when it was asked for another', () => {
    expect(invoiceOf(MONTH, { filter: { code: 'APl' } }).quality.notes).toEqual([
      'nothing in this month is what you asked for: there is API (Example Ltd), INT, NEW, RET (Another Ltd), SUB (Example Ltd)',
    ])
  })

  it('begins and ends its month in the zone of the settings', () => {
    const calendar = createCalendar('Europe/Berlin')
    const cost = (month: string): string | number | null =>
      plain(figuresOf(invoiceOf(MONTH, { month, calendar, filter: { code: 'SUB' } }), 'total')['cost_usd'])
    expect([cost('2025-11'), cost('2025-12'), cost('2026-01')]).toEqual(['0', '3', '7'])
  })
})

describe('all months together', () => {
  const MONTHS = ['2025-11', '2025-12', '2026-01', '2026-02']
  const LINES = fc.array(
    fc
      .record({
        timestamp: fc
          .integer({ min: 0, max: 120 * 24 - 1 })
          .map((hours) => new Date(instant('2025-11-01') + hours * 3_600_000).toISOString()),
        session_id: fc.constantFrom('s1', 's2', 's3', 's4'),
        project: fc.constantFrom('shop', 'site', 'app', 'garden'),
        project_code: fc.constantFrom('', 'API', 'SUB', 'OTHER'),
        cost_usd: fc.nat(3_000_000).map((micro) => micro / 1e6),
      })
      .map((fields) => usage(fields)),
    { maxLength: 30 },
  )

  it('have every dollar, every expense and every session once', () => {
    fc.assert(
      fc.property(LINES, (lines) => {
        const reports = MONTHS.map((month) => invoiceOf(lines, { month }))
        const total = (key: string): Money =>
          reports
            .flatMap((report) => rowsOf(report, 'projects'))
            .reduce((sum, row) => plus(sum, moneyOf(row[key])), NO_MONEY)
        const all = totalOf(select(usageIn(foldOf({ lines, asOf: AFTER })), ALL_DAYS, EVERYTHING))
        expect(total('cost_usd')).toBe(all.usd)
        const due = BILLING.expenses.flatMap((expense) =>
          MONTHS.filter((month) => isDueIn(expense, monthOf(day(`${month}-01`)))).map(() => expense.amount),
        )
        expect(total('expenses_usd')).toBe(due.reduce((sum, amount) => plus(sum, amount), NO_MONEY))
        const charged = reports
          .flatMap((report) => rowsOf(report, 'charges'))
          .filter((row) => plain(row['project_code']) === 'SUB')
          .reduce((sum, row) => plus(sum, moneyOf(row['amount_usd'])), NO_MONEY)
        expect(charged <= usd('15') * 4n).toBe(true)
      }),
    )
  })
})

function moneyOf(value: Value | undefined): Money {
  return value?.kind === 'money' ? value.usd : picodollarsOf(0n)
}
