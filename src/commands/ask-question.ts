import type { Calendar } from '../core/calendar.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import type { SessionLabels } from '../core/session-cells.ts'
import { safeText } from '../core/safe-text.ts'
import { type PrintedReport, wholeText } from '../formats/report-format.ts'
import { ask, firstDayAsked } from '../reports/ask.ts'
import type { Question } from '../reports/question.ts'
import type { Filter } from '../reports/usage.ts'
import type { System } from '../system/system.ts'
import type { Invocation } from './command.ts'
import { type Call, type JudgingSystem, callOf } from './desk.ts'
import { filterOf, isEverything } from './filter-options.ts'
import { type Keeping, keepReport } from './keep-report.ts'
import { printingOf, reportInPieces } from './print-report.ts'
import { type UsageRead, globalLimits, readUsage } from './read-usage.ts'
import type { AskedSpan } from './span-options.ts'

/** What asking takes. */
export type AskingSystem = JudgingSystem & Pick<System, 'terminal' | 'reports'>

/** A question, and which days it is asked about. */
export interface NamedQuestion {
  readonly name: string
  readonly question: Question
  readonly spanOf: (calendar: Calendar, today: number) => AskedSpan
  readonly keeping: Keeping
}

/** Reads the ledger, asks a question about it, prints the answer as was asked for and keeps it. Throws `UsageError`. */
export async function askQuestion(
  { name, question, spanOf, keeping }: NamedQuestion,
  invocation: Invocation,
  system: AskingSystem,
): Promise<Result> {
  const filter = filterOf(invocation)
  const printing = printingOf(invocation)
  const call = callOf(invocation, system)
  const subjectOf = (calendar: Calendar, today: number) => {
    const asked = spanOf(calendar, today)
    const from = firstDayAsked(asked, calendar)
    return { ...asked, sessionCells: { from, labels: labelsFor(question, filter, keeping) } }
  }
  return readUsage(call, system, subjectOf, async (read, { span, kind }) => {
    const { usage, asOf, accounts } = read
    const report = ask(
      name,
      question,
      {
        usage,
        span,
        kind,
        filter,
        today: usage.calendar.dayOf(asOf),
        mostRows: printing.mostRows,
        // A part of the spend says nothing about a limit for all of it.
        limits: isEverything(filter) ? globalLimits(accounts) : NO_LIMITS,
      },
      { asOf, quality: read.qualityIn(span) },
    )
    const printed = await reportInPieces(report, printing, system, usage.calendar)
    if (!keeping.save && !keeping.rollup) return told(printed, remarkOn(read, call))
    const text = wholeText(printed)
    const files = system.reports(call.place.directory)
    const kept = await keepReport(keeping, { report, text, span }, printing, read, files, system)
    const remarks = remarkOn(read, call) + kept.remarks
    return kept.isKept ? success(text, remarks) : { stdout: text, stderr: remarks, exitCode: EXIT.notSaved }
  })
}

/** A text that is one piece as it is, a larger one piece by piece. */
function told(printed: PrintedReport, remarks: string): Result {
  if (typeof printed === 'string') return success(printed, remarks)
  const pieces = printed[Symbol.iterator]()
  const first = pieces.next()
  const second = pieces.next()
  const text = first.done === true ? '' : first.value
  if (second.done === true) return success(text, remarks)
  return { stdout: joined([text, second.value], pieces), stderr: remarks, exitCode: EXIT.ok }
}

async function* joined(begun: readonly string[], rest: Iterator<string>): AsyncGenerator<string> {
  yield* begun
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value
}

const NO_LIMITS = { daily: null, weekly: null, monthly: null }

/** To tell tasks apart takes much more than all else together. */
function labelsFor({ labels }: Question, { scope }: Filter, { rollup }: Keeping): SessionLabels {
  const isNarrow = Object.keys(scope).some((key) => key !== 'project' && key !== 'model' && key !== 'tool')
  return isNarrow || rollup ? 'all' : labels
}

/** Nothing spent is not the same as nothing to read. */
function remarkOn({ hasLedger }: UsageRead, { place }: Call): string {
  if (hasLedger) return ''
  return `There is no ledger in ${safeText(place.directory)} yet: ai-costs import or log begins one.\n`
}
