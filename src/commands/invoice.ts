import type { Calendar } from '../core/calendar.ts'
import { troubleText } from '../core/answers/check-text.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { spanAround } from '../reports/day-span.ts'
import { invoice } from '../reports/invoice.ts'
import type { InvoiceFilter } from '../reports/invoice-accounts.ts'
import { Unreadable } from '../system/file-system.ts'
import type { AskingSystem } from './ask-question.ts'
import { COMMON_OPTIONS, type Grammar, type Invocation, UsageError, valueOf } from './command.ts'
import { monthOption } from './day-option.ts'
import { callOf } from './desk.ts'
import { type LoadedBilling, loadBilling } from './load-billing.ts'
import { PRINT_OPTIONS, printReport, printingOf } from './print-report.ts'
import { readUsage } from './read-usage.ts'
import { troubleOf } from './trouble.ts'

/** A bill that leaves out lines is none. */
const { top: _, ...WHOLE_REPORT } = PRINT_OPTIONS

export const grammar: Grammar = {
  name: 'invoice',
  summary: 'sessions, tokens and expenses of a month by project code, and who is billed how much for them',
  arguments: [
    {
      name: '[FOLDER...]',
      summary:
        'projects whose .claude/billing.json counts, besides that of this folder and those in your settings',
    },
  ],
  options: {
    month: { kind: 'value', placeholder: 'MONTH', summary: 'e.g. 2025-12; default: this month' },
    project: {
      kind: 'value',
      placeholder: 'CODE',
      summary: 'only this project code (* stands for anything)',
    },
    client: { kind: 'value', placeholder: 'NAME', summary: 'only the projects of this client' },
    ...WHOLE_REPORT,
    ...COMMON_OPTIONS,
  },
  examples: [
    'ai-costs invoice --month 2025-12',
    'ai-costs invoice --month 2025-12 --client "Example Ltd" --format html > invoice.html',
    'ai-costs invoice --month 2025-12 --format csv --section charges ~/work/app ~/work/site',
  ],
}

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: AskingSystem): Promise<Result> {
  const filter: InvoiceFilter = {
    code: patternOf(invocation, 'project'),
    client: patternOf(invocation, 'client'),
  }
  const printing = printingOf(invocation)
  const month = monthOption(invocation, 'month')
  const call = callOf(invocation, system)
  const loaded = await billingFor(invocation, call.settingsPlaces, system)
  if (loaded.kind === 'trouble') {
    return { stdout: '', stderr: troubleText(loaded.troubles), exitCode: EXIT.cannotTell }
  }
  const { billing, notes } = loaded
  const subjectOf = (calendar: Calendar, today: number) => {
    const span = spanAround('monthly', month ?? today, calendar)
    return { span, sessionCells: { from: span.first, labels: 'all' as const } }
  }
  return readUsage(call, system, subjectOf, async ({ usage, asOf, qualityIn }, { span }) => {
    const found = qualityIn(span)
    const quality = { ...found, notes: [...found.notes, ...notes] }
    const report = invoice({ usage, span, billing, filter, asOf, quality })
    return success(await printReport(report, printing, system, usage.calendar))
  })
}

async function billingFor(
  { arguments: folders }: Invocation,
  places: Parameters<typeof loadBilling>[0],
  system: AskingSystem,
): Promise<LoadedBilling> {
  try {
    return await loadBilling(places, folders, system)
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'trouble', troubles: [troubleOf(error)] }
    throw error
  }
}

function patternOf(invocation: Invocation, option: string): string | null {
  const pattern = valueOf(invocation, option)
  if (pattern === '') throw new UsageError(`--${option} is empty: name one, or leave the option out`)
  return pattern
}
