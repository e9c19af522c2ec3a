// One process after the other is what is measured here.
/* oxlint-disable no-await-in-loop */
import type { Benchmark } from '../benchmark.ts'
import { node } from '../kit/command.ts'
import { untilWritten, watch } from '../kit/pane.ts'
import { enoughRounds } from '../kit/rounds.ts'
import { estimate } from '../statistics.ts'

/** The footer is the last of a first frame; `Daily` begins the first frame with numbers. */
const FRAME = 'quit'
const NUMBERS = 'Daily'

export const name = 'pane-first-paint'
export const what = 'the pane at 1,000,000 records in a terminal, against a `node -e` that prints'
export const bounds = { 'first frame': 8 }

export const run: Benchmark['run'] = async (bench) => {
  const project = await bench.project(1_000_000)
  const round = async () => {
    const [frame = NaN, numbers = NaN] = await untilWritten(watch(project), [FRAME, NUMBERS])
    const [printed = NaN] = await untilWritten(node(['-e', 'console.log("printed")'], project), ['printed'])
    return { frame: frame / printed, numbers: numbers / printed, milliseconds: numbers + printed }
  }
  const rounds = bench.rounds ?? enoughRounds((await round()).milliseconds)
  const ratios = []
  for (let nth = 0; nth < rounds; nth++) ratios.push(await round())
  return [
    { name: 'first frame', unit: 'ratio', estimate: estimate(ratios.map(({ frame }) => frame)) },
    { name: 'first numbers', unit: 'ratio', estimate: estimate(ratios.map(({ numbers }) => numbers)) },
  ]
}
