import type { Benchmark } from '../benchmark.ts'
import { ask } from '../kit/command.ts'
import { peakMemory } from '../kit/peak-memory.ts'

export const name = 'export-memory'
export const what = 'most memory of `export` of 1,000,000 records'
export const bounds = { MB: 150 }

export const run: Benchmark['run'] = async (bench) =>
  peakMemory(bench, { command: ask(await bench.project(1_000_000), 'export') })
