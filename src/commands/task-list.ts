import { type Result, success } from '../core/result.ts'
import { taskList } from '../reports/task-list.ts'
import { type Invocation, UsageError, valueOf } from './command.ts'
import { callOf } from './desk.ts'
import { printReport, printingOf } from './print-report.ts'
import { type TaskSystem, readTasks } from './task-costs.ts'

/** `task list`: every task that has cost something. Throws `UsageError`. */
export function listTasks(
  invocation: Invocation,
  _words: readonly string[],
  system: TaskSystem,
): Promise<Result> {
  const wanted = valueOf(invocation, 'enhancement')
  if (wanted === '') throw new UsageError('--enhancement is empty: name one, or leave the option out')
  const printing = printingOf(invocation)
  return readTasks(
    ({ taskId, enhancement }) => taskId !== '' && (wanted === null || enhancement === wanted),
    callOf(invocation, system),
    system,
    async ({ costs, judgement: { snapshot }, accounts }) => {
      const report = taskList(costs, {
        asOf: snapshot.asOf,
        zone: snapshot.zone,
        quality: snapshot.quality,
        mostRows: printing.mostRows,
        filters: wanted === null ? {} : { enhancement: wanted },
      })
      return success(await printReport(report, printing, system, accounts.calendar))
    },
  )
}
