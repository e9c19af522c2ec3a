import { type StatusQuestion, answerStatusTrouble, answerStatusline } from '../core/answers/statusline.ts'
import type { Trouble } from '../core/judgement.ts'
import type { Result } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { type Invocation, UsageError } from './command.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce } from './desk.ts'
import { environmentOf } from './event-environment.ts'
import { tellTrouble } from './hook-trouble.ts'
import { type AlertingSystem, raiseAlerts } from './raise-alerts.ts'
import { statusGround } from './statusline-ground.ts'
import { readStatusInput, statusQuestion } from './statusline-question.ts'

export { grammar } from './statusline-grammar.ts'

type StatusSystem = JudgingSystem & AlertingSystem & Pick<System, 'standardInput' | 'errors'>

/** Always a success but for wrong usage: a bar blanks out what fails. Throws `UsageError`. */
export async function run(invocation: Invocation, system: StatusSystem): Promise<Result> {
  const event = readStatusInput(invocation, system.standardInput)
  const question = statusQuestion(invocation, event, system.environment)
  const there = { ...system, environment: environmentOf(event, system) }
  const call = callOf(invocation, there)
  try {
    return await judgeOnce(
      call,
      there,
      (judgement, accounts) => {
        const { notes } = raiseAlerts({ call, judgement, accounts }, there)
        // There is no room for it in a line.
        for (const note of notes) tellTrouble(call.place, note, there)
        return answerStatusline(question, judgement, statusGround(call.place, judgement, there))
      },
      (troubles) => answerStatusTrouble(question, troubles),
    )
  } catch (error) {
    if (error instanceof UsageError) throw error
    return withoutNumbers(error, question, call, system)
  }
}

function withoutNumbers(error: unknown, question: StatusQuestion, call: Call, system: StatusSystem): Result {
  if (call.until === null) system.errors(call.place.directory, error)
  return answerStatusTrouble(question, [BROKEN])
}

const BROKEN: Trouble = {
  file: null,
  line: null,
  column: null,
  message: 'internal error',
  fix: 'see errors.log beside the ledger',
}
