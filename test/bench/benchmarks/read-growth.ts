import type { Benchmark } from '../benchmark.ts'
import { checkWithoutCache } from '../kit/command.ts'
import { interleaved } from '../kit/rounds.ts'
import { estimate, exponentOf } from '../statistics.ts'

/** The first only says how long everything but the reading takes. */
const SIZES = [1, 10_000, 100_000, 1_000_000]

export const name = 'read-growth'
export const what =
  'how a full read grows from 10,000 to 1,000,000 records (1 is in proportion), start-up taken off'
export const bounds = { exponent: 1.1 }

export const run: Benchmark['run'] = async (bench) => {
  const projects = await Promise.all(SIZES.map((records) => bench.project(records)))
  const times = await interleaved(
    bench,
    projects.map((project) => ({ command: checkWithoutCache(project) })),
  )
  const exponents = times.map(([startUp = NaN, ...rest]) =>
    exponentOf(rest.map((time, nth) => [SIZES[nth + 1]!, time - startUp])),
  )
  return [{ name: 'exponent', unit: 'exponent', estimate: estimate(exponents) }]
}
