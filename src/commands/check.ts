import type { Result } from '../core/result.ts'
import type { System } from '../system/system.ts'
import { answer, answerWithTrouble } from './check-question.ts'
import { type Invocation, hasFlag } from './command.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce } from './desk.ts'
import { KeptLedger } from './kept-ledger.ts'
import { settingsState } from './settings-state.ts'

export { grammar } from './check-question.ts'

export async function run(
  invocation: Invocation,
  system: JudgingSystem & Pick<System, 'cache'>,
): Promise<Result> {
  const call = callOf(invocation, system)
  return judgeOnce(
    call,
    system,
    (judgement, { settings }) =>
      answer(
        invocation,
        judgement,
        settings.budgets.map(({ id }) => id),
      ),
    (troubles) => answerWithTrouble(invocation, troubles),
    keptLedger(invocation, call, system),
  )
}

/** Null when the whole ledger is to be read: by request, or because some other instant than now is asked about. */
function keptLedger(
  invocation: Invocation,
  { place, settingsPlaces, until }: Call,
  system: Pick<System, 'cache' | 'clock' | 'environment' | 'files'>,
): KeptLedger | null {
  if (hasFlag(invocation, 'no-cache') || until !== null) return null
  const settings = settingsState(settingsPlaces, system.environment, system.files)
  return new KeptLedger(system, place.directory, settings)
}
