import { decodeRecord } from '../../../src/core/decode.ts'
import type { Benchmark } from '../benchmark.ts'
import { functionRatio, tenThousandLines } from '../kit/functions.ts'

export const name = 'function-decode'
export const what = 'the careful reader on 10,000 lines, against JSON.parse of them'
export const bounds = {}

export const run: Benchmark['run'] = async (bench) => {
  const lines = tenThousandLines()
  return functionRatio(bench, () => lines.map((line) => decodeRecord(JSON.parse(line)).kind).length)
}
