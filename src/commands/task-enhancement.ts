import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { enhancementJson } from '../formats/task-json.ts'
import { type Invocation, hasFlag } from './command.ts'
import { callOf } from './desk.ts'
import { type TaskSystem, readTasks, verdictsAbout } from './task-costs.ts'

/** `task enhancement NAME`: what all its tasks cost, and its budgets. Throws `UsageError`. */
export async function showEnhancement(
  invocation: Invocation,
  [name = '']: readonly string[],
  system: TaskSystem,
): Promise<Result> {
  const call = callOf(invocation, system)
  const { enhancementText } = await import('../formats/task-text.ts')
  return readTasks(
    ({ enhancement }) => enhancement === name,
    call,
    system,
    ({ costs, judgement }) => {
      const verdicts = verdictsAbout('enhancement', name, judgement)
      if (costs.length === 0 && verdicts.length === 0) {
        const stderr = `ai-costs: nothing in ${safeText(call.place.directory)} belongs to enhancement ${safeText(name)}: name it with --enhancement at task extract, import or log\n`
        return { stdout: '', stderr, exitCode: EXIT.nothingMatched }
      }
      return success(
        hasFlag(invocation, 'json')
          ? enhancementJson(name, costs, verdicts)
          : enhancementText(name, costs, verdicts, system.terminal.page()),
      )
    },
  )
}
