import { troubleText } from '../core/answers/check-text.ts'
import type { ScopeKey } from '../core/budget.ts'
import { costOf } from '../core/cost.ts'
import { matchesGlob } from '../core/glob.ts'
import type { Judgement } from '../core/judgement.ts'
import type { UsageRecord } from '../core/record.ts'
import { EXIT, type Result } from '../core/result.ts'
import { type TaskCost, TaskTally } from '../core/task-cost.ts'
import type { Verdict } from '../core/verdict.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { type Call, type JudgingSystem, judgeOnce } from './desk.ts'
import { foldForIdentities } from './identity-fold.ts'

/** What asking for tasks takes. */
export type TaskSystem = JudgingSystem & Pick<System, 'terminal'>

/** Costs of tasks, and the judgement of the moment. */
export interface TasksRead {
  readonly costs: readonly TaskCost[]
  readonly judgement: Judgement
  readonly accounts: Accounts
}

/** Adds up the records that are wanted by task, and hands that on; what stands in the way is told, with exit 3. */
export async function readTasks(
  isWanted: (record: UsageRecord) => boolean,
  call: Call,
  system: TaskSystem,
  answer: (read: TasksRead) => Result | Promise<Result>,
): Promise<Result> {
  const read = await judgeOnce<TasksRead | Result>(
    call,
    system,
    (judgement, accounts) => ({ judgement, accounts, costs: costsOf(isWanted, accounts, call, system) }),
    (troubles) => ({ stdout: '', stderr: troubleText(troubles), exitCode: EXIT.cannotTell }),
  )
  return 'stderr' in read ? read : answer(read)
}

/** What tasks cost, of the records that are wanted. Throws `Unreadable`. */
export function costsOf(
  isWanted: (record: UsageRecord) => boolean,
  { prices, settings }: Accounts,
  { place, until, clock }: Call,
  { ledger }: Pick<System, 'ledger'>,
): readonly TaskCost[] {
  const tally = new TaskTally()
  const reader = ledger.reader(place.directory, foldForIdentities(clock.now(), until))
  try {
    reader.look()
    const steps = reader.records((record) => {
      if (isWanted(record)) tally.add(record, costOf(record, prices, settings.costMode))
    })
    for (const _ of steps);
    return tally.costs()
  } finally {
    reader.close()
  }
}

/** The budgets whose scope names a task or an enhancement. */
export function verdictsAbout(
  key: Extract<ScopeKey, 'task_id' | 'enhancement'>,
  name: string,
  { verdicts }: Pick<Judgement, 'verdicts'>,
): readonly Verdict[] {
  return verdicts.filter(({ budget }) => {
    const pattern = budget.scope[key]
    return pattern !== undefined && matchesGlob(pattern, name)
  })
}
