import { troubleText } from '../core/answers/check-text.ts'
import { decisionJson } from '../core/decision.ts'
import { type NotedDecision, notedDecisions } from '../core/decision-log.ts'
import { jsonText } from '../core/json.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { decisionText } from '../formats/decision-text.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import { type Invocation, hasFlag } from './command.ts'
import { MOST_DECISIONS, readDecisions } from './decisions-file.ts'
import { clockOf } from './instant-option.ts'
import { placeOf } from './place.ts'
import { troubleOf } from './trouble.ts'

type ListingSystem = Pick<System, 'clock' | 'environment' | 'files'>

/** `decisions list`: of a very long history the latest; with `--now` those of before. Throws `UsageError`. */
export function listDecisions(invocation: Invocation, system: ListingSystem): Result {
  const place = placeOf(invocation, system)
  const { clock, frozen } = clockOf(invocation, system.clock)
  let decisions: readonly NotedDecision[]
  try {
    decisions = notedDecisions(readDecisions(place, MOST_DECISIONS, system)).filter(
      ({ decision }) => !frozen || decision.timestamp <= clock.now(),
    )
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode: EXIT.cannotTell }
  }
  if (hasFlag(invocation, 'json')) return success(asJson(decisions))
  return decisions.length === 0
    ? success('', `ai-costs: no downgrade is on record in ${safeText(place.directory)}\n`)
    : success(decisions.map(decisionText).join('\n'))
}

function asJson(decisions: readonly NotedDecision[]): string {
  return `${jsonText({
    schema: 1,
    decisions: decisions.map(({ decision, outcome, lesson }) => ({
      ...decisionJson(decision),
      outcome,
      lesson,
    })),
  })}\n`
}
