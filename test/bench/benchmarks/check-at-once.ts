import type { Benchmark } from '../benchmark.ts'
import { atOnce } from '../kit/at-once.ts'
import { warmCheck } from '../kit/warm.ts'

const CHECKS = 100

export const name = 'check-at-once'
export const what = `processor time of ${CHECKS} \`check\`s at once (10,000 records, cache), against ${CHECKS} in turn`
export const bounds = { ratio: 1.2 }

export const run: Benchmark['run'] = async (bench) => {
  const { command } = await warmCheck(await bench.project(10_000), 0)
  return atOnce(bench, command, CHECKS)
}
