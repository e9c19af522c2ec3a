import type { Benchmark, Measure } from '../benchmark.ts'
import { WORDS, warmCalls, withRouter } from '../kit/hot.ts'
import { peakMemory } from '../kit/peak-memory.ts'

export const name = 'hot-memory'
export const what = 'most memory of commands on 1,000,000 records with a cache, 10 new'
export const bounds = { route: 60, 'hook PreToolUse': 60, statusline: 60 }

export const run: Benchmark['run'] = async (bench) => {
  const project = await bench.project(1_000_000)
  return withRouter(project, WORDS, async () => {
    const measures: Measure[] = []
    for (const [call, subject] of await warmCalls(project, 10)) {
      if (!Object.hasOwn(bounds, call)) continue
      // oxlint-disable-next-line no-await-in-loop
      const peak = await peakMemory(bench, subject)
      if ('skipped' in peak) return peak
      measures.push(...peak.map((measure) => ({ ...measure, name: call })))
    }
    return measures
  })
}
