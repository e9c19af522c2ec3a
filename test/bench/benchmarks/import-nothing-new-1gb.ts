import type { Benchmark } from '../benchmark.ts'
import { againstCcusage, nextImport } from '../kit/importing.ts'

export const name = 'import-nothing-new-1gb'
export const what = '`import` of 1 GB of known transcripts, against `ccusage claude daily`'
export const bounds = { ratio: 0.12 }

export const run: Benchmark['run'] = (bench) => againstCcusage(bench, 1000, nextImport)
