import type { Benchmark } from '../benchmark.ts'
import { timeRatio } from '../kit/rounds.ts'
import { warmCheck } from '../kit/warm.ts'
import { CHECK_BUDGET_SCRIPT, withoutPeer } from '../peers.ts'

export const name = 'check-against-script-10k'
export const what = '`check` of 10,000 records with a cache, against check-budget.sh'
export const bounds = { ratio: 1 / 15 }

export const run: Benchmark['run'] = async (bench) => {
  const skipped = withoutPeer(CHECK_BUDGET_SCRIPT)
  if (skipped !== null) return skipped
  const project = await bench.project(10_000)
  return timeRatio(bench, await warmCheck(project, 0), { command: CHECK_BUDGET_SCRIPT.command(project) })
}
