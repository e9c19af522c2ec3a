import { pause } from '../../e2e/eventually.ts'
import type { Benchmark, Measure } from '../benchmark.ts'
import { cpuOf, memoryOf, withoutProc } from '../kit/linux.ts'
import { openPane } from '../kit/pane.ts'
import { estimate, exactly } from '../statistics.ts'

/** A minute holds one tick of the clock that the pane shows; now and then one holds a collection of garbage, too. */
const IDLE_MS = 60_000
const MINUTES = 3
/** Until the watcher of files listens too and the garbage of reading is gone: V8 clears up eight seconds later. */
const SETTLE_MS = 15_000
/** Megabytes that a pane may occupy, by the records of its ledger. */
const MEMORY: readonly (readonly [records: number, megabytes: number])[] = [
  [10_000, 120],
  [100_000, 150],
  [1_000_000, 200],
]

export const name = 'pane-idle'
export const what = 'the pane, a minute without news'
export const bounds = Object.fromEntries(
  MEMORY.flatMap(([records, megabytes]) => [
    [shareAt(records), 0.2],
    [memoryAt(records), megabytes],
  ]),
)

export const run: Benchmark['run'] = async (bench) => {
  const skipped = withoutProc()
  if (skipped !== null) return skipped
  const projects = await Promise.all(MEMORY.map(([records]) => bench.project(records)))
  const panes = await Promise.all(projects.map((project) => openPane(project)))
  const look = () => panes.map(({ pid, bytes }) => ({ cpu: cpuOf(pid), written: Buffer.byteLength(bytes()) }))
  try {
    await pause(SETTLE_MS)
    const looks = [look()]
    while (looks.length <= MINUTES) {
      // One minute after the other is what is measured.
      // oxlint-disable-next-line no-await-in-loop
      await pause(IDLE_MS)
      looks.push(look())
    }
    return MEMORY.flatMap(([records], nth): readonly Measure[] => {
      const minutes = looks
        .slice(1)
        .map((after, minute) => ({ before: looks[minute]![nth]!, after: after[nth]! }))
      const shares = minutes.map(({ before, after }) => (100 * (after.cpu - before.cpu)) / IDLE_MS)
      const written = minutes.map(({ before, after }) => after.written - before.written)
      return [
        { name: shareAt(records), unit: '%', estimate: estimate(shares) },
        { name: writtenAt(records), unit: 'bytes', estimate: estimate(written) },
        { name: memoryAt(records), unit: 'MB', estimate: exactly(memoryOf(panes[nth]!.pid)) },
      ]
    })
  } finally {
    for (const pane of panes) pane.close()
  }
}

function shareAt(records: number): string {
  return `share of one core at ${records.toLocaleString('en-US')} records`
}

function writtenAt(records: number): string {
  return `written at ${records.toLocaleString('en-US')} records`
}

function memoryAt(records: number): string {
  return `memory at ${records.toLocaleString('en-US')} records`
}
