import { takeSnapshot } from '../../../src/core/take-snapshot.ts'
import { evaluate } from '../../../src/core/verdict.ts'
import type { Benchmark } from '../benchmark.ts'
import { functionRatio } from '../kit/functions.ts'
import { judging } from '../kit/judging.ts'

export const name = 'function-evaluate'
export const what =
  'judging the example budgets on a snapshot of 10,000 records, against JSON.parse of their lines'
export const bounds = {}

export const run: Benchmark['run'] = async (bench) => {
  const { rollup, input, onUnpriced } = judging()
  const snapshot = takeSnapshot(rollup, input)
  return functionRatio(bench, () => evaluate(input.budgets, snapshot, onUnpriced))
}
