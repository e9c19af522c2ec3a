// One round after the other is what is measured here.
/* oxlint-disable no-await-in-loop */
import type { Bench, Measure, Skipped } from '../benchmark.ts'
import { estimate } from '../statistics.ts'
import { type Command, finished } from './command.ts'
import { cpuOfEndedChildren, withoutProc } from './linux.ts'
import { enoughRounds } from './rounds.ts'

/** Processor time of so many processes at once, against as many in turn. */
export async function atOnce(
  bench: Bench,
  command: Command,
  times: number,
): Promise<readonly Measure[] | Skipped> {
  const skipped = withoutProc()
  if (skipped !== null) return skipped
  const inTurn = async (): Promise<void> => {
    for (let nth = 0; nth < times; nth++) await finished(command)
  }
  const start = performance.now()
  await inTurn()
  const rounds = bench.rounds ?? enoughRounds(2 * (performance.now() - start))
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const together = await cpu(() => Promise.all(Array.from({ length: times }, () => finished(command))))
    ratios.push(together / (await cpu(inTurn)))
  }
  return [{ name: 'ratio', unit: 'ratio', estimate: estimate(ratios) }]
}

async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = cpuOfEndedChildren()
  await work()
  return cpuOfEndedChildren() - before
}
