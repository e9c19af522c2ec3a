import type { Bench, Measure } from '../benchmark.ts'
import { checkWithoutCache, emptyNode } from './command.ts'
import { timeRatio } from './rounds.ts'

/** `check` of so many records without a cache, against an empty Node. */
export async function coldRatio(bench: Bench, records: number): Promise<readonly Measure[]> {
  const project = await bench.project(records)
  return timeRatio(bench, { command: checkWithoutCache(project) }, { command: emptyNode(project) })
}
