import type { Benchmark } from '../benchmark.ts'
import { warmRatio } from '../kit/warm.ts'

export const name = 'check-warm-1000'
export const what = '`check` of 1,000,000 records with a cache, 1,000 new, against `node -e 0`'
export const bounds = { ratio: 1.5 }
export const run: Benchmark['run'] = (bench) => warmRatio(bench, 1000)
