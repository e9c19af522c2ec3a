import { troubleText } from '../core/answers/check-text.ts'
import type { Calendar } from '../core/calendar.ts'
import { type CreditLog, type Opening, openingAt } from '../core/credit.ts'
import type { Subscription } from '../core/billing.ts'
import { type Money, NO_MONEY } from '../core/money.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { cellsForCredits, isAtMidnight, spentBefore } from '../reports/burn-down.ts'
import { type PaidBy, credits } from '../reports/credits.ts'
import type { Environment } from '../system/environment.ts'
import { Unreadable } from '../system/file-system.ts'
import type { AskingSystem } from './ask-question.ts'
import type { Invocation } from './command.ts'
import { readCredits } from './credits-file.ts'
import { type Call, callOf } from './desk.ts'
import { loadBilling } from './load-billing.ts'
import { type Printing, printReport, printingOf } from './print-report.ts'
import { type UsageRead, readUsage } from './read-usage.ts'
import { troubleOf } from './trouble.ts'

/** What stands beside the ledger. */
interface Known {
  readonly log: CreditLog
  readonly opening: Opening | null
  readonly subscription: Subscription | null
  /** What there is to say about these files. */
  readonly notes: readonly string[]
}

/** `credits show`: what is left, how it went down and until when it lasts. Throws `UsageError`. */
export async function showCredits(invocation: Invocation, system: AskingSystem): Promise<Result> {
  const printing = printingOf(invocation)
  const call = callOf(invocation, system)
  try {
    const known = await knownOf(call, system)
    return await withOpening(known, call, system, (read, before) =>
      shown(known, read, before, printing, system),
    )
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode: EXIT.cannotTell }
  }
}

async function knownOf(call: Call, system: AskingSystem): Promise<Known> {
  const log = readCredits(call.place, system)
  const opening = openingAt(log.entries, call.clock.now())
  const billing = await loadBilling(call.settingsPlaces, [], system)
  const damaged = `${log.damaged} of the lines in credits.jsonl cannot be read and count for nothing: set the balance anew`
  const notes = log.damaged === 0 ? [] : [damaged]
  return billing.kind === 'loaded'
    ? { log, opening, subscription: billing.billing.subscription, notes }
    : {
        log,
        opening,
        subscription: null,
        notes: [...notes, 'a billing.json is broken: ai-costs invoice says where'],
      }
}

/** Reads the ledger, and once more as it was at the opening, unless that was at midnight, by which days are told. */
function withOpening(
  { opening }: Known,
  call: Call,
  system: AskingSystem,
  answer: (read: UsageRead, before: Money) => Promise<Result>,
): Promise<Result> {
  const subjectOf = (calendar: Calendar, today: number) => {
    const first = opening === null ? today : calendar.dayOf(opening.since)
    return { sessionCells: cellsForCredits(first, today) }
  }
  return readUsage(call, system, subjectOf, (read) => {
    const { calendar } = read.usage
    if (opening === null || isAtMidnight(opening, calendar)) return answer(read, NO_MONEY)
    return readUsage({ ...call, until: opening.since }, system, subjectOf, ({ usage }) =>
      answer(read, spentBefore(usage, opening)),
    )
  })
}

async function shown(
  { opening, subscription, notes }: Known,
  { usage, asOf, qualityIn }: UsageRead,
  before: Money,
  printing: Printing,
  system: AskingSystem,
): Promise<Result> {
  const first = opening === null ? usage.calendar.dayOf(asOf) : usage.calendar.dayOf(opening.since)
  const found = qualityIn({ first, next: Infinity })
  const report = credits({
    usage,
    before,
    opening,
    paidBy: paidBy(system.environment),
    billing: { subscription },
    asOf,
    mostRows: printing.mostRows,
    quality: { ...found, notes: [...found.notes, ...notes] },
  })
  const text = await printReport(report, printing, system, usage.calendar)
  return success(
    text,
    opening === null ? 'No balance is on record: ai-costs credits set AMOUNT begins it.\n' : '',
  )
}

/** Whether a key is set is all that is looked at. */
function paidBy({ variables }: Environment): PaidBy {
  return (variables['ANTHROPIC_API_KEY'] ?? '').trim() === '' ? 'subscription' : 'API key'
}
