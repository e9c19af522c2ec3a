import type { Benchmark } from '../benchmark.ts'
import { firstImport } from '../kit/importing.ts'
import { peakMemory } from '../kit/peak-memory.ts'

export const name = 'import-memory'
export const what = 'most memory of `import` of 1 GB of new transcripts'
export const bounds = { MB: 200 }

export const run: Benchmark['run'] = async (bench) => peakMemory(bench, await firstImport(bench, 1000))
