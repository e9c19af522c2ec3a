import type { Benchmark } from '../benchmark.ts'
import { againstCcusage, firstImport } from '../kit/importing.ts'

export const name = 'import-first-1gb'
export const what = '`import` of 1 GB of new transcripts, against `ccusage claude daily`'
export const bounds = { ratio: 1.0 }

export const run: Benchmark['run'] = (bench) => againstCcusage(bench, 1000, firstImport)
