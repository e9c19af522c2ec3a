import type { Benchmark } from '../benchmark.ts'
import { ask, checkWithoutCache } from '../kit/command.ts'
import { timeRatio } from '../kit/rounds.ts'

export const name = 'report-against-read'
export const what = '`report monthly --all` of 1,000,000 records, against `check` without a cache'
export const bounds = { ratio: 1.3 }

export const run: Benchmark['run'] = async (bench) => {
  const project = await bench.project(1_000_000)
  const report = ask(project, 'report', 'monthly', '--all')
  return timeRatio(bench, { command: report }, { command: checkWithoutCache(project) })
}
