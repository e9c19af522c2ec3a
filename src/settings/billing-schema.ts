import * as z from 'zod/mini'

import { BILLING_METHODS } from '../core/billing.ts'
import { EXPENSE_CATEGORIES, FREQUENCIES } from '../core/expense.ts'
import { DAY_MS, parseTimestamp } from '../core/timestamp.ts'
import { leaf, optionalList, optionalSection, section } from './leaf.ts'
import { dollars } from './number-leaves.ts'
import { choice, text } from './text-leaves.ts'

/** Codes in a project's own file are no longer. */
const LONGEST_CODE = 64
const LONGEST_NOTES = 2000

const term = {
  start_date: z.optional(dayOrNull('The first day.')),
  end_date: z.optional(dayOrNull('The last day, which is included; null while there is none.')),
}

const expense = section({
  id: text('Name of the expense, once in a file.', 'a short name such as hosting-my-app', 100),
  description: text('What it is, as a bill says it.', 'what was paid for'),
  category: choice(EXPENSE_CATEGORIES, 'What kind of thing it is.'),
  amount: dollars('US dollars in each month in which it is due.'),
  type: choice(['recurring', 'one-time'], 'Whether it comes again.'),
  frequency: z.optional(choice(FREQUENCIES, 'recurring: how often.')),
  ...term,
  date: z.optional(dayOrNull('one-time: the day of the purchase.')),
  notes: z.optional(notes('For yourself; no bill shows it.')),
  project_code: z.optional(code('The code of the project that it is for.')),
})

const project = section({
  code: code('The code, as .claude/project-code.txt has it.'),
  project: z.optional(
    textOrNull(
      'Name of the project in the ledger; * stands for any characters.',
      'the name of a project, or null',
    ),
  ),
  folder: z.optional(
    textOrNull(
      'Where the project lies: its .claude/billing.json counts, too. Not read from a project.',
      'a folder such as ~/work/my-app, or null',
    ),
  ),
  client: z.optional(textOrNull('Who is billed.', 'the name of a client, or null')),
  billing: z.optional(choice(BILLING_METHODS, 'How the work is paid for.')),
  retainer_usd: z.optional(dollars('retainer: US dollars for each month.')),
  session_rate_usd: z.optional(dollars('subscription: US dollars for each session.')),
  ...term,
})

/** `billing.json`. */
export const billingSchema = section({
  version: z.optional(version()),
  subscription: optionalSection({
    plan: text('The plan, as the provider calls it.', 'the name of a plan such as max'),
    monthly_fee_usd: dollars('US dollars for a month.'),
  }),
  session_rate_usd: z.optional(
    dollars('subscription: US dollars for each session of projects without their own.'),
  ),
  projects: optionalList(
    project,
    'a list such as `[{ "code": "APP-01", "client": "Example Ltd", "billing": "api" }]`',
  ),
  expenses: optionalList(expense, 'a list of expenses, or []'),
  $schema: z.optional(textOrNull('Where editors find what may stand here.', 'the address of a schema')),
})

/** What a valid `billing.json` gives. */
export type WrittenBilling = z.infer<typeof billingSchema>
export type WrittenExpense = z.infer<typeof expense>
export type WrittenProject = z.infer<typeof project>

function version() {
  return leaf<1>('1, the only version there is', { type: ['integer', 'string'], const: 1 }, (written) =>
    written === '1' ? { value: 1 } : { refused: '' },
  )
}

function code(description: string) {
  return text(description, 'a project code such as APP-01', LONGEST_CODE)
}

/** A civil day by its number, or null for none. */
function dayOrNull(description: string) {
  const json = { type: ['string', 'null'], format: 'date', description }
  return leaf<number | null>('a day such as 2026-02-15', json, (written) => {
    if (written === null) return { value: null }
    const midnight =
      typeof written === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(written) ? parseTimestamp(written) : null
    return midnight === null ? { refused: ', which is no day' } : { value: midnight / DAY_MS }
  })
}

/** What a form may leave empty. */
function textOrNull(description: string, wanted: string) {
  const json = { type: ['string', 'null'], maxLength: 200, description }
  return leaf<string | null>(wanted, json, (written) => {
    if (written === null || written === '') return { value: null }
    return typeof written === 'string' && written.length <= 200 ? { value: written } : { refused: '' }
  })
}

function notes(description: string) {
  const json = { type: ['string', 'null'], maxLength: LONGEST_NOTES, description }
  return leaf<string>('a few words in quotes', json, (written) => {
    if (written === null) return { value: '' }
    return typeof written === 'string' && written.length <= LONGEST_NOTES
      ? { value: written }
      : { refused: '' }
  })
}
