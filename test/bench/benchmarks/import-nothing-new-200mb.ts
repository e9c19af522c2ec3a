import type { Benchmark } from '../benchmark.ts'
import { againstCcusage, nextImport } from '../kit/importing.ts'

export const name = 'import-nothing-new-200mb'
export const what = '`import` of 200 MB of known transcripts, against `ccusage claude daily`'
export const bounds = { ratio: 0.3 }

export const run: Benchmark['run'] = (bench) => againstCcusage(bench, 200, nextImport)
