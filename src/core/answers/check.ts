import type { Judgement, Trouble } from '../judgement.ts'
import { hasFindings } from '../quality.ts'
import { EXIT, type Result } from '../result.ts'
import { LEVELS, type Level, type Verdict, worseOf, worstLevel } from '../verdict.ts'
import { checkJson, troubleJson } from './check-json.ts'
import { checkText, qualityRemarks, troubleText } from './check-text.ts'
import type { FailOn } from './fail-on.ts'
import { type Review, reviewRemark, warns } from './review.ts'
import { type Selection, select } from './select-verdicts.ts'

export interface CheckRequest extends Selection {
  readonly json: boolean
  readonly quiet: boolean
  /** Levels below this one exit with 0. */
  readonly failOn: FailOn
  /** Any data-quality finding means "cannot tell" unless critical is proven. */
  readonly strict: boolean
  /** No data means "cannot tell". */
  readonly requireData: boolean
}

/** `check` without any option: everything, of every project, by the default thresholds. */
export const PLAIN_CHECK: CheckRequest = {
  json: false,
  quiet: false,
  budget: null,
  project: null,
  session: null,
  failOn: 'warning',
  strict: false,
  requireData: false,
}

/**
 * Answers whether the budgets allow more spending, as an exit code with the numbers behind it. What the review of a
 * session finds is a warning, and never more.
 */
export function answerCheck(
  judgement: Judgement,
  request: CheckRequest,
  review: Review | null = null,
): Result {
  const verdicts = select(judgement, request)
  const level = worseOf(levelOf(judgement, verdicts, request), levelOfReview(review, request))
  const exitCode = exitCodeOf(level, request.failOn)
  if (request.json) {
    return { stdout: checkJson(judgement, verdicts, level, exitCode, review), stderr: '', exitCode }
  }
  if (request.quiet) return { stdout: '', stderr: '', exitCode }
  const stderr = qualityRemarks(judgement) + reviewRemark(review)
  return { stdout: checkText(judgement, verdicts, level, review), stderr, exitCode }
}

/** Answers when something keeps us from telling. */
export function answerTrouble(
  troubles: readonly Trouble[],
  request: Pick<CheckRequest, 'json' | 'quiet' | 'failOn'>,
): Result {
  const exitCode = exitCodeOf('unknown', request.failOn)
  if (request.json) return { stdout: troubleJson(troubles, exitCode), stderr: '', exitCode }
  return {
    stdout: request.quiet ? '' : 'UNKNOWN budgets cannot be judged\n',
    stderr: troubleText(troubles),
    exitCode,
  }
}

function levelOf(
  { snapshot, allRecords }: Judgement,
  verdicts: readonly Verdict[],
  { strict, requireData }: CheckRequest,
): Level {
  const doubtful = (strict && hasFindings(snapshot.quality)) || (requireData && allRecords === 0)
  return worseOf(worstLevel(verdicts), doubtful ? 'unknown' : 'ok')
}

/** Of a session that nobody knows there is no data. */
function levelOfReview(review: Review | null, { requireData }: CheckRequest): Level {
  if (review?.kind === 'no-records') return requireData ? 'unknown' : 'ok'
  return warns(review) ? 'warning' : 'ok'
}

const EXIT_CODES: Record<Level, number> = {
  ok: EXIT.ok,
  warning: EXIT.warning,
  unknown: EXIT.cannotTell,
  critical: EXIT.critical,
}

/** "Cannot tell" is below no threshold but "never": what is unknown may be critical. */
function exitCodeOf(level: Level, failOn: FailOn): number {
  if (failOn === 'never') return EXIT.ok
  return LEVELS.indexOf(level) < LEVELS.indexOf(failOn) && level !== 'unknown' ? EXIT.ok : EXIT_CODES[level]
}
