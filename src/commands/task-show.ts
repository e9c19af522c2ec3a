import { EXIT, type Result, success } from '../core/result.ts'
import { safeText } from '../core/safe-text.ts'
import { taskJson } from '../formats/task-json.ts'
import { type Invocation, hasFlag } from './command.ts'
import { callOf } from './desk.ts'
import { type TaskSystem, readTasks, verdictsAbout } from './task-costs.ts'

/** `task show TASK`: what it cost. Throws `UsageError`. */
export async function showTask(
  invocation: Invocation,
  [task = '']: readonly string[],
  system: TaskSystem,
): Promise<Result> {
  const call = callOf(invocation, system)
  const { taskText } = await import('../formats/task-text.ts')
  return readTasks(
    ({ taskId }) => taskId === task,
    call,
    system,
    ({ costs, judgement }) => {
      const [cost] = costs
      if (cost === undefined) {
        const stderr = `ai-costs: nothing in ${safeText(call.place.directory)} belongs to task ${safeText(task)}: ai-costs task extract brings a transcript in, ai-costs task list tells the tasks there are\n`
        return { stdout: '', stderr, exitCode: EXIT.nothingMatched }
      }
      const verdicts = verdictsAbout('task_id', task, judgement)
      return success(
        hasFlag(invocation, 'json')
          ? taskJson(cost, verdicts)
          : taskText(cost, verdicts, system.terminal.page()),
      )
    },
  )
}
