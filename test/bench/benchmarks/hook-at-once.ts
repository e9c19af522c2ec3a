import type { Benchmark } from '../benchmark.ts'
import { atOnce } from '../kit/at-once.ts'
import { hotCalls } from '../kit/hot.ts'
import { warmCache } from '../kit/warm.ts'

const HOOKS = 100

export const name = 'hook-at-once'
export const what = `processor time of ${HOOKS} hooks at once (PreToolUse, 10,000 records, cache), against ${HOOKS} in turn`
export const bounds = { ratio: 1.2 }

export const run: Benchmark['run'] = async (bench) => {
  const project = await bench.project(10_000)
  await warmCache(project, 0)
  return atOnce(bench, hotCalls(project)['hook PreToolUse'], HOOKS)
}
