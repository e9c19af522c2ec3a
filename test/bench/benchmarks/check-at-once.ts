// One round after the other is what is measured here.
/* oxlint-disable no-await-in-loop */
import type { Benchmark } from '../benchmark.ts'
import { type Command, finished } from '../kit/command.ts'
import { cpuOfEndedChildren, withoutProc } from '../kit/linux.ts'
import { enoughRounds } from '../kit/rounds.ts'
import { warmCheck } from '../kit/warm.ts'
import { estimate } from '../statistics.ts'

const CHECKS = 100

export const name = 'check-at-once'
export const what = `processor time of ${CHECKS} \`check\`s at once (10,000 records, cache), against ${CHECKS} in turn`
export const bounds = { ratio: 1.2 }

export const run: Benchmark['run'] = async (bench) => {
  const skipped = withoutProc()
  if (skipped !== null) return skipped
  const { command } = await warmCheck(await bench.project(10_000), 0)
  const start = performance.now()
  await inTurn(command)
  const rounds = bench.rounds ?? enoughRounds(2 * (performance.now() - start))
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const atOnce = await cpu(() => Promise.all(Array.from({ length: CHECKS }, () => finished(command))))
    ratios.push(atOnce / (await cpu(() => inTurn(command))))
  }
  return [{ name: 'ratio', unit: 'ratio', estimate: estimate(ratios) }]
}

async function inTurn(command: Command): Promise<void> {
  for (let nth = 0; nth < CHECKS; nth++) await finished(command)
}

async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = cpuOfEndedChildren()
  await work()
  return cpuOfEndedChildren() - before
}
