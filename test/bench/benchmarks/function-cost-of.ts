import { costOf } from '../../../src/core/cost.ts'
import { decodeRecord } from '../../../src/core/decode.ts'
import type { Benchmark } from '../benchmark.ts'
import { exampleAccounts, functionRatio, tenThousandLines } from '../kit/functions.ts'

export const name = 'function-cost-of'
export const what = 'pricing 10,000 records from the table, against JSON.parse of their lines'
export const bounds = {}

export const run: Benchmark['run'] = async (bench) => {
  const { prices } = exampleAccounts()
  const records = tenThousandLines()
    .map((line) => decodeRecord(JSON.parse(line)))
    .flatMap((decoded) => (decoded.kind === 'record' ? [decoded.record] : []))
  return functionRatio(bench, () => records.map((record) => costOf(record, prices, 'computed')).length)
}
