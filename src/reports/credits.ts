import type { Billing } from '../core/billing.ts'
import type { CreditEntry, CreditsLeft, Opening } from '../core/credit.ts'
import { type Money, NO_MONEY, minus, plus } from '../core/money.ts'
import type { Quality } from '../core/quality.ts'
import {
  type Figures,
  NONE,
  type Report,
  type Table,
  count,
  instant,
  money,
  name,
  word,
} from '../core/report.ts'
import { type BurningLedger, type BurntDay, burnDown, ratePerDay } from './burn-down.ts'
import { leftOf } from './credits-left.ts'
import { spanAround } from './day-span.ts'
import { planFigures } from './invoice.ts'
import { totalOf } from './sums.ts'
import { EVERYTHING, select } from './usage.ts'

/** How Claude Code is paid for where it runs. */
export type PaidBy = 'API key' | 'subscription'

/** What is asked about prepaid credits. */
export interface CreditsAsked extends BurningLedger {
  /** Null while no balance is on record. */
  readonly opening: Opening | null
  readonly paidBy: PaidBy
  readonly billing: Pick<Billing, 'subscription'>
  readonly mostRows: number
  readonly quality: Quality
}

/** What is left of a prepaid balance, how it went down, and until when it lasts. */
export function credits(asked: CreditsAsked): Report {
  const { usage, opening, billing, asOf, quality } = asked
  const { calendar } = usage
  const month = select(usage, spanAround('monthly', calendar.dayOf(asOf), calendar), EVERYTHING)
  const burnt = opening === null ? [] : burnDown(asked, opening)
  const found = opening === null ? null : leftOf(burnt, asked, opening)
  const notes = found === null ? [] : notesOn(found, asked.paidBy)
  return {
    name: 'credits',
    title: 'Prepaid credits',
    span: null,
    zone: calendar.zone,
    asOf,
    filters: opening === null || opening.model === null ? {} : { model: opening.model },
    sections: [
      balanceFigures(asked, found),
      ...(opening === null || found === null
        ? []
        : [
            spentFigures(opening, found, ratePerDay(asked, opening)),
            burnTable(opening, burnt, asked),
            entryTable(opening),
          ]),
      ...planFigures(billing, totalOf(month)),
    ],
    quality: { ...quality, notes: [...quality.notes, ...notes] },
  }
}

/** Without what was spent: that may be more than is known, and then less is left. */
function balanceFigures({ usage: { calendar }, paidBy }: CreditsAsked, found: CreditsLeft | null): Figures {
  const { left, days, until } = found ?? { left: null, days: null, until: null }
  const end = until === null ? NONE : word(calendar.isoDay(calendar.dayOf(until)))
  return {
    kind: 'figures',
    key: 'balance',
    title: 'Balance',
    figures: [
      { key: 'balance_usd', label: 'left', value: money(left, false) },
      { key: 'days_left', label: 'days left', value: days === null ? NONE : count(days) },
      { key: 'runs_out_on', label: 'runs out on', value: end },
      { key: 'paid_by', label: 'Claude Code is paid by', value: word(paidBy) },
    ],
  }
}

function spentFigures(opening: Opening, { left, upperBound }: CreditsLeft, perDay: Money | null): Figures {
  const spent = minus(opening.credited, left)
  return {
    kind: 'figures',
    key: 'spent',
    title: 'How it went down',
    figures: [
      { key: 'since', label: 'since', value: instant(opening.since) },
      { key: 'credited_usd', label: 'credited', value: money(opening.credited, false) },
      { key: 'spent_usd', label: 'spent', value: money(spent, upperBound) },
      { key: 'per_day_usd', label: 'a day, lately', value: money(perDay, upperBound) },
    ],
  }
}

/** The latest days, each with what was left at its end. */
function burnTable(opening: Opening, burnt: readonly BurntDay[], { usage, mostRows }: CreditsAsked): Table {
  const { calendar } = usage
  let left = NO_MONEY
  const rows = burnt.map(({ day, usd, lowerBound }) => {
    const credited = opening.entries
      .filter(({ timestamp }) => calendar.dayOf(timestamp) === day)
      .reduce((sum, { amount }) => plus(sum, amount), NO_MONEY)
    left = minus(plus(left, credited), usd)
    return [word(calendar.isoDay(day)), money(credited, false), money(usd, lowerBound), money(left, false)]
  })
  const told = Number.isFinite(mostRows) ? rows.slice(-mostRows) : rows
  return {
    kind: 'table',
    key: 'days',
    title: told.length < rows.length ? 'Burn-down, the latest days' : 'Burn-down',
    columns: [
      { key: 'day', title: 'day' },
      { key: 'credited_usd', title: 'credited', expendable: 1 },
      { key: 'spent_usd', title: 'spent' },
      { key: 'balance_usd', title: 'left' },
    ],
    rows: told,
    total: null,
    left: 0,
  }
}

function entryTable({ entries }: Opening): Table {
  return {
    kind: 'table',
    key: 'entries',
    title: 'On record',
    columns: [
      { key: 'at', title: 'from' },
      { key: 'kind', title: 'entry' },
      { key: 'amount_usd', title: 'amount' },
      { key: 'model', title: 'models', expendable: 1 },
    ],
    rows: entries.map((entry) => [
      instant(entry.timestamp),
      word(entry.kind),
      money(entry.amount, false),
      modelValue(entry),
    ]),
    total: null,
    left: 0,
  }
}

function modelValue({ kind, model }: CreditEntry) {
  if (kind === 'add') return NONE
  return model === null ? word('all') : name(model)
}

function notesOn({ left, upperBound }: CreditsLeft, paidBy: PaidBy): readonly string[] {
  return [
    ...(left <= 0n ? ['the balance is used up: top it up, and say so with ai-costs credits add AMOUNT'] : []),
    ...(upperBound ? ['less may be left, and for fewer days: something that was used has no price'] : []),
    ...(paidBy === 'subscription'
      ? [
          'no ANTHROPIC_API_KEY is set here, so Claude Code uses a subscription, and none of these credits: set one to use them',
        ]
      : []),
  ]
}
