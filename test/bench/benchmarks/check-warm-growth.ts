import type { Benchmark } from '../benchmark.ts'
import { timeRatio } from '../kit/rounds.ts'
import { warmCheck } from '../kit/warm.ts'

export const name = 'check-warm-growth'
export const what = '`check` of 1,000,000 records with a cache, 10 new, against the same of 10,000'
export const bounds = { ratio: 1.05 }

export const run: Benchmark['run'] = async (bench) => {
  const large = await warmCheck(await bench.project(1_000_000), 10)
  const small = await warmCheck(await bench.project(10_000), 10)
  return timeRatio(bench, large, small)
}
