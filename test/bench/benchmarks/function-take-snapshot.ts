import { takeSnapshot } from '../../../src/core/take-snapshot.ts'
import type { Benchmark } from '../benchmark.ts'
import { functionRatio } from '../kit/functions.ts'
import { judging } from '../kit/judging.ts'

export const name = 'function-take-snapshot'
export const what = 'a snapshot of 10,000 folded records, against JSON.parse of their lines'
export const bounds = {}

export const run: Benchmark['run'] = async (bench) => {
  const { rollup, input } = judging()
  return functionRatio(bench, () => takeSnapshot(rollup, input))
}
