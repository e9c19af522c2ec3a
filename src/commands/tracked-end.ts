import { troubleText } from '../core/answers/check-text.ts'
import type { Calendar } from '../core/calendar.ts'
import { durationText } from '../core/duration.ts'
import { displayMoney } from '../core/money.ts'
import { allTokens, pricedSum } from '../core/priced-sum.ts'
import { notSaved, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { type TrackedResult, type TrackedSession, resultText } from '../core/tracked-session.ts'
import { countOf } from '../formats/count.ts'
import { REPORT_FORMATS } from '../formats/index.ts'
import { SESSION_NOTES } from '../formats/session-notes.ts'
import { type TrackedFacts, allUsed, durationOf } from '../reports/tracked-facts.ts'
import { type Invocation, hasFlag } from './command.ts'
import { callOf } from './desk.ts'
import { ownPlace } from './own-place.ts'
import { printReport } from './print-report.ts'
import { noSession, orNotDone, runningSession } from './running-session.ts'
import { type TrackedReport, reportOn } from './tracked-report.ts'
import type { TrackingSystem } from './tracked-usage.ts'

/** `session end`: writes the report, then ends the session; killed in between, it runs on and can be ended again. */
export function endSession(
  invocation: Invocation,
  _words: readonly string[],
  system: TrackingSystem,
): Promise<Result> {
  const call = callOf(invocation, system)
  return orNotDone(async () => {
    const place = ownPlace(call.place, system, 'saved')
    const running = runningSession(place, system)
    if (running === null) {
      return hasFlag(invocation, 'if-running') ? success('') : noSession(place, 'nothing was ended')
    }
    const made = await reportOn(running.session, true, call, system)
    if (made.kind === 'trouble') {
      return notSaved(`${troubleText(made.troubles)}ai-costs: the session runs on: mend that, then end it\n`)
    }
    const { facts } = made
    const text = (await printed(made, 'markdown', system)) + SESSION_NOTES
    const path = system
      .reports(place.directory)
      .save('reports', fileName(running.session, made.calendar), text)
    const files = system.tracked(place.directory)
    files.keepLast(resultText(resultOf(facts)))
    if (!files.end(running.text)) {
      return notSaved(`ai-costs: somebody else has just ended it; the report is in ${safeText(path)}\n`)
    }
    const said = hasFlag(invocation, 'json') ? await printed(made, 'json', system) : sentenceOn(facts)
    return success(said, `Report saved to ${safeText(path)}\n`)
  })
}

/** By its beginning, so that a session that is ended twice has one report: `session-2025-12-15-143000-jwt.md`. */
function fileName({ startedAt, name }: TrackedSession, calendar: Calendar): string {
  const day = calendar.isoDay(calendar.dayOf(startedAt))
  const seconds = String(Math.floor(startedAt / 1000) % 60).padStart(2, '0')
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const slug = words.join('-').slice(0, LONGEST_SLUG).replace(/-$/, '')
  return `session-${day}-${calendar.clock(startedAt).replace(':', '')}${seconds}-${slug || 'work'}.md`
}

const LONGEST_SLUG = 40

function resultOf(facts: TrackedFacts): TrackedResult {
  const { usd, lowerBound, tokens } = pricedSum(allUsed(facts))
  const picodollars = String(usd < 0n ? 0n : usd)
  return {
    name: facts.session.name,
    ms: durationOf(facts),
    picodollars,
    lowerBound,
    tokens: Math.max(0, allTokens(tokens)),
  }
}

function printed(
  { report, calendar }: TrackedReport,
  format: 'json' | 'markdown',
  system: TrackingSystem,
): Promise<string> {
  const printing = { format: REPORT_FORMATS[format], mostRows: Infinity, section: null }
  return printReport(report, printing, system, calendar)
}

function sentenceOn(facts: TrackedFacts): string {
  const { usd, lowerBound, tokens, records } = pricedSum(allUsed(facts))
  const cost = `${lowerBound ? 'at least ' : ''}${displayMoney(usd)}`
  const took = durationText(durationOf(facts))
  const amount = `${countOf(allTokens(tokens), 'token')}, ${countOf(records, 'operation')}`
  return `Ended: ${safeText(facts.session.name)}, ${cost} in ${took} (${amount})\n`
}
