import type { AskingEvent } from '../agents/hook-event.ts'
import { answerHook } from '../core/answers/hook.ts'
import type { HookAnswer } from '../core/answers/hook-answer.ts'
import type { Judgement } from '../core/judgement.ts'
import { UNKNOWN } from '../core/record.ts'
import type { LedgerPlace } from '../system/ledger-place.ts'
import type { System } from '../system/system.ts'
import { Attribution } from './attribution.ts'
import { currentTask } from './current-task.ts'
import { tellTrouble } from './hook-trouble.ts'
import { ownPlace } from './own-place.ts'

/** As much of a system as an answer takes. */
export type HookAnswerSystem = Pick<System, 'alertClaims' | 'environment' | 'errors' | 'files'>

/** What an agent that waits is told, and remembers what was said. `system` is that of the folder where the agent works. */
export function answerHookEvent(
  event: AskingEvent,
  judgement: Judgement,
  place: LedgerPlace,
  system: HookAnswerSystem,
): HookAnswer {
  return answerHook(event, judgement, {
    labels: () => labelsOfFolder(system),
    isFirst: (claim) => takeOnce(claim, place, system),
  })
}

/** Where nothing can be claimed nothing is said, or each of thousands of calls would say it. */
function takeOnce(claim: string, place: LedgerPlace, system: HookAnswerSystem): boolean {
  try {
    const claims = system.alertClaims(ownPlace(place, system, 'saved').directory)
    return !claims.isTaken(claim) && claims.take(claim)
  } catch (error) {
    tellTrouble(place, error, system)
    return false
  }
}

function labelsOfFolder({ environment, files }: HookAnswerSystem) {
  const { name, code } = new Attribution(files).projectOf(environment.workingDirectory)
  const { taskId, enhancement } = currentTask(environment.variables)
  return {
    ...(name === UNKNOWN ? {} : { project: name }),
    ...(code === '' ? {} : { project_code: code }),
    ...(taskId === '' ? {} : { task_id: taskId }),
    ...(enhancement === '' ? {} : { enhancement }),
  }
}
