import { troubleText } from '../core/answers/check-text.ts'
import { noteLine } from '../core/decision.ts'
import { notedDecisions } from '../core/decision-log.ts'
import { notSaved, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'
import { type Invocation, UsageError } from './command.ts'
import { MOST_DECISIONS, appendDecision, readDecisions } from './decisions-file.ts'
import { noteOf } from './note-option.ts'
import { placeOf } from './place.ts'
import { troubleOf } from './trouble.ts'

type NotingSystem = Pick<System, 'clock' | 'environment' | 'files' | 'ledger'>

/** `decisions note ID`: appends a line that completes a decision. Throws `UsageError`. */
export function noteDecision(invocation: Invocation, system: NotingSystem): Result {
  const [, id = ''] = invocation.arguments
  const [outcome, lesson] = [noteOf(invocation, 'outcome'), noteOf(invocation, 'lesson')]
  if (outcome === null && lesson === null) {
    throw new UsageError('there is nothing to note: add --outcome TEXT, --lesson TEXT or both')
  }
  try {
    const place = placeOf(invocation, system)
    const decisions = notedDecisions(readDecisions(place, MOST_DECISIONS, system))
    if (!decisions.some(({ decision }) => decision.id === id)) {
      throw new UsageError(`there is no decision ${id}: see ai-costs decisions list`)
    }
    appendDecision(place, noteLine({ id, timestamp: system.clock.now(), outcome, lesson }), system)
    return success(`Noted on ${safeText(id)}\n`)
  } catch (error) {
    if (error instanceof Unreadable) return notSaved(troubleText([troubleOf(error)]))
    if (error instanceof NotSaved) return notSaved(`ai-costs: ${safeText(error.message)}\n`)
    throw error
  }
}
