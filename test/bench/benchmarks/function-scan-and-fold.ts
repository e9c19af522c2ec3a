import type { Benchmark } from '../benchmark.ts'
import { exampleAccounts, folded, functionRatio, tenThousandLines } from '../kit/functions.ts'

export const name = 'function-scan-and-fold'
export const what = 'scanning and folding 10,000 lines, against JSON.parse of them'
export const bounds = {}

export const run: Benchmark['run'] = async (bench) => {
  const accounts = exampleAccounts()
  const bytes = Buffer.from(tenThousandLines().join('\n'))
  return functionRatio(bench, () => folded(bytes, accounts))
}
