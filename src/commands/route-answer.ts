import { troubleText } from '../core/answers/check-text.ts'
import { type RouteCall, type RouteJudgement, answerRoute } from '../core/answers/route.ts'
import type { Routing } from '../core/choose.ts'
import { type Decision, decisionLine } from '../core/decision.ts'
import { lastStepOf } from '../core/decision-log.ts'
import type { Share } from '../core/money.ts'
import type { PatternEngine } from '../core/pattern.ts'
import type { Result } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { ulid } from '../core/ulid.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { type AppendingSystem, appendDecision, readDecisions } from './decisions-file.ts'
import { troubleOf } from './trouble.ts'

/** As much of a system as decides. */
export type DecidingSystem = Pick<System, 'clock'> & AppendingSystem

/** What a call of `route` stands on. */
export interface RouteQuestion {
  readonly asked: RouteCall
  readonly prompt: string
  readonly judgement: RouteJudgement
  readonly routing: Routing
  readonly kept: KeptStep
  readonly place: LedgerPlace
  /** What is asked as of another instant is asked only. */
  readonly isAskedOnly: boolean
}

/** The step that a session is at; null for none. */
export interface KeptStep {
  readonly at: Share | null
  /** What there is to say about that. */
  readonly remark: string
}

/** How long matching may take, all patterns together: an agent waits for the answer. */
const MATCHING_MS = 250

/** Of the decisions, the latest that are looked through for the session's: some six hundred. */
const LATEST_BYTES = 256 << 10

/**
 * Answers, and puts a downgrade on record before that. `engine-needed` when a pattern takes an engine and there is none:
 * most settings do without, so it is asked for later.
 */
export function routeAnswer(
  { asked, prompt, judgement, routing, kept, place, isAskedOnly }: RouteQuestion,
  engine: PatternEngine | null,
  system: DecidingSystem,
): Result | 'engine-needed' {
  const { clock } = system
  const late = clock.now() + MATCHING_MS
  const answer = answerRoute(asked, prompt, judgement, {
    routing,
    keptAt: kept.at,
    newId: () => ulid(clock.now(), clock.random(16)),
    means: { engine, isLate: () => engine !== null && clock.now() > late },
  })
  if (answer === 'engine-needed') return answer
  const { result, decision } = answer
  const unsaved = decision === null || isAskedOnly ? '' : written(decision, place, system)
  return { ...result, stderr: `${result.stderr}${kept.remark}${unsaved}` }
}

/** The step that the session is at; where that cannot be read, the pressure alone decides. */
export function keptStep(
  { session }: RouteCall,
  place: LedgerPlace,
  system: Pick<System, 'files'>,
): KeptStep {
  if (session === null) return { at: null, remark: '' }
  try {
    return { at: lastStepOf(readDecisions(place, LATEST_BYTES, system), session), remark: '' }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { at: null, remark: troubleText([troubleOf(error)]) }
  }
}

/** Puts a decision on record, or says why it is not: the answer is due all the same. */
function written(decision: Decision, place: LedgerPlace, system: DecidingSystem): string {
  try {
    appendDecision(place, decisionLine(decision), system)
    return ''
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error
    return `ai-costs: this downgrade is not on record: ${safeText(error.message)}\n`
  }
}
