import type { Benchmark } from '../benchmark.ts'
import { againstCcusage, firstImport } from '../kit/importing.ts'

export const name = 'import-first-200mb'
export const what = '`import` of 200 MB of new transcripts, against `ccusage claude daily`'
export const bounds = { ratio: 1.6 }

export const run: Benchmark['run'] = (bench) => againstCcusage(bench, 200, firstImport)
