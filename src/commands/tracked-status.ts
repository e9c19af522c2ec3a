import { troubleText } from '../core/answers/check-text.ts'
import { jsonText } from '../core/json.ts'
import type { Report } from '../core/report.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { REPORT_FORMATS } from '../formats/index.ts'
import { type Invocation, hasFlag } from './command.ts'
import { callOf } from './desk.ts'
import { printReport, printingOf } from './print-report.ts'
import { orNotDone, runningSession } from './running-session.ts'
import { reportOn } from './tracked-report.ts'
import type { TrackingSystem } from './tracked-usage.ts'

/** What tells at a glance how it goes; the other formats tell all. */
const GLANCE: ReadonlySet<string> = new Set(['overview', 'task_types', 'efficiency'])

/** `session status`: what the session that runs has come to. Throws `UsageError`. */
export function sessionStatus(
  invocation: Invocation,
  _words: readonly string[],
  system: TrackingSystem,
): Promise<Result> {
  const printing = printingOf(invocation)
  const call = callOf(invocation, system)
  return orNotDone(async () => {
    const running = runningSession(call.place, system)
    if (running === null) {
      if (hasFlag(invocation, 'json')) return success(`${jsonText({ schema: 1, session: null })}\n`)
      return success('', 'No session runs: begin one with ai-costs session start NAME\n')
    }
    const made = await reportOn(running.session, false, call, system)
    if (made.kind === 'trouble') {
      return { stdout: '', stderr: troubleText(made.troubles), exitCode: EXIT.cannotTell }
    }
    const isGlance = printing.format === REPORT_FORMATS.text && printing.section === null
    const told = isGlance ? glanceAt(made.report) : made.report
    return success(await printReport(told, printing, system, made.calendar))
  })
}

function glanceAt(report: Report): Report {
  return { ...report, sections: report.sections.filter(({ key }) => GLANCE.has(key)) }
}
