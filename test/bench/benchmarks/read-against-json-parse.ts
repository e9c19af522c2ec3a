import type { Benchmark } from '../benchmark.ts'
import { expectTruth } from '../kit/answer.ts'
import { checkWithoutCache, finished } from '../kit/command.ts'
import { timeRatio } from '../kit/rounds.ts'
import { JSON_PARSE } from '../peers.ts'

export const name = 'read-against-json-parse'
export const what = 'full read of 1,000,000 records, against a chunked JSON.parse loop'
export const bounds = { ratio: 0.8 }

export const run: Benchmark['run'] = async (bench) => {
  const project = await bench.project(1_000_000)
  const ours = checkWithoutCache(project)
  const theirs = JSON_PARSE.command(project)
  await expectTruth(project, ours)
  const { records } = JSON.parse((await finished(theirs)).stdout) as { readonly records: number }
  if (records !== project.truth.records) throw new Error(`the loop read ${records} records`)
  return timeRatio(bench, { command: ours }, { command: theirs })
}
