import { pause } from '../../e2e/eventually.ts'
import type { Benchmark } from '../benchmark.ts'
import { firstImport } from '../kit/importing.ts'
import { cpuOf, memoryOf, withoutProc } from '../kit/linux.ts'
import { openPane } from '../kit/pane.ts'
import { exactly } from '../statistics.ts'

/** Two looks at everything, and one tick of the clock that the pane shows. */
const IDLE_MS = 60_000
const SETTLE_MS = 3000

export const name = 'pane-collect-idle'
export const what = 'the pane, collecting from 1 GB of transcripts that nobody writes, for 60 s'
export const bounds = { 'share of one core': 1 }

export const run: Benchmark['run'] = async (bench) => {
  const skipped = withoutProc()
  if (skipped !== null) return skipped
  await firstImport(bench, 1000)
  const pane = await openPane(bench.transcripts(1000), '--collect')
  try {
    await pause(SETTLE_MS)
    const before = cpuOf(pane.pid)
    await pause(IDLE_MS)
    const share = (100 * (cpuOf(pane.pid) - before)) / IDLE_MS
    return [
      { name: 'share of one core', unit: '%', estimate: exactly(share) },
      { name: 'memory', unit: 'MB', estimate: exactly(memoryOf(pane.pid)) },
    ]
  } finally {
    pane.close()
  }
}
