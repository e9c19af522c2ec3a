import { type Command, finished } from './command.ts'
import type { Project } from './project.ts'

interface Judged {
  readonly id: string
  readonly spent_usd: number
  readonly period: { readonly start: string; readonly end: string } | null
}

/** Throws unless `check`, asked in the same way for JSON, says what the ledger is known to hold. */
export async function expectTruth(project: Project, check: Command): Promise<void> {
  const { stdout } = await finished({ ...check, args: [...check.args, '--json'] })
  const { budgets } = JSON.parse(stdout) as { readonly budgets: readonly Judged[] }
  for (const kind of ['daily', 'weekly', 'monthly']) {
    const judged = budgets.find(({ id }) => id === kind)
    const { start = '', end = '' } = judged?.period ?? {}
    const said = Math.round((judged?.spent_usd ?? NaN) * 1e6)
    const truth = project.truth.spent(start.slice(0, 10), end.slice(0, 10))
    if (said !== truth) throw new Error(`${kind}: check says ${said} microdollars, the truth is ${truth}`)
  }
}
