import type { Benchmark } from '../benchmark.ts'
import { peakMemory } from '../kit/peak-memory.ts'
import { warmCheck } from '../kit/warm.ts'

export const name = 'check-warm-memory'
export const what = 'most memory of `check` of 1,000,000 records with a cache, 10 new'
export const bounds = { MB: 60 }

export const run: Benchmark['run'] = async (bench) =>
  peakMemory(bench, await warmCheck(await bench.project(1_000_000), 10))
