import type { Benchmark } from '../benchmark.ts'
import { checkWithoutCache } from '../kit/command.ts'
import { peakMemory } from '../kit/peak-memory.ts'

export const name = 'read-memory'
export const what = 'most memory of a full read of 1,000,000 records'
export const bounds = { MB: 120 }

export const run: Benchmark['run'] = async (bench) =>
  peakMemory(bench, { command: checkWithoutCache(await bench.project(1_000_000)) })
