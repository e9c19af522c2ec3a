import { resolveSettings } from '../../../src/settings/resolve.ts'
import type { Benchmark } from '../benchmark.ts'
import { exampleFiles, functionRatio } from '../kit/functions.ts'

export const name = 'function-settings'
export const what = 'parsing and resolving the example settings, against JSON.parse of 10,000 lines'
export const bounds = {}

export const run: Benchmark['run'] = async (bench) => {
  const files = exampleFiles()
  return functionRatio(bench, () =>
    resolveSettings({ layers: [{ trust: 'user', directory: '.ai-config', files }] }),
  )
}
