import { pause } from '../../e2e/eventually.ts'
import type { Benchmark } from '../benchmark.ts'
import { cpuOf, memoryOf, withoutProc } from '../kit/linux.ts'
import { openPane } from '../kit/pane.ts'
import { exactly } from '../statistics.ts'

/** A minute holds one tick of the clock that the pane shows. The idlest pane is nobody's worry: the worst counts. */
const IDLE_MS = 60_000
/** Until the watcher of files listens too and the garbage of reading is gone. */
const SETTLE_MS = 3000
const SIZES = [
  { records: 10_000, memory: 'memory at 10,000 records' },
  { records: 100_000, memory: 'memory at 100,000 records' },
  { records: 1_000_000, memory: 'memory at 1,000,000 records' },
] as const

export const name = 'pane-idle'
export const what = 'the pane, idle for 60 s'
export const bounds = {
  'share of one core': 0.2,
  [SIZES[0].memory]: 120,
  [SIZES[1].memory]: 150,
  [SIZES[2].memory]: 200,
}

export const run: Benchmark['run'] = async (bench) => {
  const skipped = withoutProc()
  if (skipped !== null) return skipped
  const projects = await Promise.all(SIZES.map(({ records }) => bench.project(records)))
  const panes = await Promise.all(projects.map(openPane))
  const look = () => panes.map(({ pid, bytes }) => ({ cpu: cpuOf(pid), written: Buffer.byteLength(bytes()) }))
  try {
    await pause(SETTLE_MS)
    const before = look()
    await pause(IDLE_MS)
    const after = look()
    const shares = after.map(({ cpu }, nth) => (100 * (cpu - before[nth]!.cpu)) / IDLE_MS)
    const written = after.map((pane, nth) => pane.written - before[nth]!.written)
    return [
      { name: 'share of one core', unit: '%', estimate: exactly(Math.max(...shares)) },
      { name: 'written', unit: 'bytes', estimate: exactly(Math.max(...written)) },
      ...panes.map(({ pid }, nth) => ({
        name: SIZES[nth]!.memory,
        unit: 'MB' as const,
        estimate: exactly(memoryOf(pid)),
      })),
    ]
  } finally {
    for (const pane of panes) pane.close()
  }
}
