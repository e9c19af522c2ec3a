import type { Benchmark } from '../benchmark.ts'
import { emptyNode } from '../kit/command.ts'
import { EXPRESSION, warmCalls, withRouter } from '../kit/hot.ts'
import { timeRatio } from '../kit/rounds.ts'

export const name = 'route-engine'
export const what =
  '`route` with a pattern that takes the engine, 1,000,000 records, cache, against `node -e 0`'
export const bounds = { ratio: 1.8 }

export const run: Benchmark['run'] = async (bench) => {
  const project = await bench.project(1_000_000)
  return withRouter(project, EXPRESSION, async () => {
    const calls = new Map(await warmCalls(project, 0))
    return timeRatio(bench, calls.get('route')!, { command: emptyNode(project) })
  })
}
