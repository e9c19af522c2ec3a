// One append after the other is what is measured here.
/* oxlint-disable no-await-in-loop */
import { join } from 'node:path'

import { pause } from '../../e2e/eventually.ts'
import type { Benchmark } from '../benchmark.ts'
import { Appends } from '../kit/appends.ts'
import { createProject } from '../kit/project.ts'
import { random } from '../kit/random.ts'
import { estimate, exactly } from '../statistics.ts'

const APPENDS = 200
const BURSTS = 20
const LINES_PER_BURST = 12
const MS_BETWEEN_LINES = 8
/** Shorter than the half second after which the pane looks at the ledger without being woken. */
const LOST_AFTER_MS = 400

export const name = 'pane-append-to-paint'
export const what = 'from a line appended (10,000 records before it) to the new total on the screen'
export const bounds = {
  p50: 15,
  p95: 40,
  [`last lines of ${BURSTS} bursts not painted within ${LOST_AFTER_MS} ms`]: 0,
}

export const run: Benchmark['run'] = async (bench) => {
  const project = await createProject(join(bench.folder, 'append-to-paint'), 10_000)
  const appends = await Appends.begin(project)
  const chance = random(1)
  const times: number[] = []
  let lost = 0
  try {
    for (let nth = 0; nth < APPENDS; nth++) {
      // At any moment between two looks of the pane.
      await pause(chance.integer(100, 200))
      times.push(await appends.painted())
    }
    for (let burst = 0; burst < BURSTS; burst++) {
      await pause(chance.integer(600, 1100))
      for (let nth = 1; nth < LINES_PER_BURST; nth++) {
        appends.append()
        await pause(MS_BETWEEN_LINES)
      }
      if ((await appends.painted()) > LOST_AFTER_MS) lost++
    }
  } finally {
    appends.end()
  }
  return [
    { name: 'p50', unit: 'ms', estimate: estimate(times) },
    { name: 'p95', unit: 'ms', estimate: estimate(times, 0.95) },
    { name: Object.keys(bounds)[2]!, unit: 'count', estimate: exactly(lost) },
  ]
}
