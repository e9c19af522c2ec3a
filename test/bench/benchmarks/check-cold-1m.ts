import type { Benchmark } from '../benchmark.ts'
import { coldRatio } from '../kit/cold.ts'

export const name = 'check-cold-1m'
export const what = '`check` of 1,000,000 records without a cache, against `node -e 0`'
export const bounds = { ratio: 45 }
export const run: Benchmark['run'] = (bench) => coldRatio(bench, 1_000_000)
