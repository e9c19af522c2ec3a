import type { Result } from '../core/result.ts'
import { answer, answerWithTrouble } from './check-question.ts'
import type { Invocation } from './command.ts'
import { type JudgingSystem, callOf, judgeOnce } from './desk.ts'

export { grammar } from './check-grammar.ts'

export async function run(invocation: Invocation, system: JudgingSystem): Promise<Result> {
  return judgeOnce(
    callOf(invocation, system),
    system,
    (judgement, { settings }) =>
      answer(
        invocation,
        judgement,
        settings.budgets.map(({ id }) => id),
      ),
    (troubles) => answerWithTrouble(invocation, troubles),
  )
}
