import { troubleText } from '../core/answers/check-text.ts'
import { decisionJson } from '../core/decision.ts'
import type { NotedDecision } from '../core/decision-log.ts'
import { jsonText } from '../core/json.ts'
import { EXIT, type Result, success } from '../core/result.ts'
import { decisionText } from '../formats/decision-text.ts'
import { Unreadable } from '../system/file-system.ts'
import { type Invocation, hasFlag } from './command.ts'
import type { DecisionsSystem } from './decisions.ts'
import { type DecisionsOnFile, decisionsOnFile } from './decisions-file.ts'
import { troubleOf } from './desk.ts'

/** `decisions list`. */
export function listDecisions(invocation: Invocation, system: DecisionsSystem): Result {
  let found: DecisionsOnFile
  try {
    found = decisionsOnFile(invocation, system)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { stdout: '', stderr: troubleText([troubleOf(error)]), exitCode: EXIT.cannotTell }
  }
  const { path, decisions } = found
  if (hasFlag(invocation, 'json')) return success(asJson(decisions))
  if (decisions.length === 0) return success('', `ai-costs: no downgrade is on record in ${path}\n`)
  return success(decisions.map(decisionText).join('\n'))
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
