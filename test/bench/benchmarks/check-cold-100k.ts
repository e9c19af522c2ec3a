import type { Benchmark } from '../benchmark.ts'
import { coldRatio } from '../kit/cold.ts'

export const name = 'check-cold-100k'
export const what = '`check` of 100,000 records without a cache, against `node -e 0`'
export const bounds = {}
export const run: Benchmark['run'] = (bench) => coldRatio(bench, 100_000)
