// A process of its own that updates a pane again and again and says what stays of it on the heap, as JSON on standard
// error; the pane draws on standard output:
//
//   NODE_ENV=production node --expose-gc --import ./test/bench/typescript.mjs test/bench/kit/pane-heap.ts UPDATES
//
// One update after the other is what is measured here.
/* oxlint-disable no-await-in-loop */
import { memoryUsage, stderr, stdin, stdout } from 'node:process'
import { setImmediate as turn } from 'node:timers/promises'

import type { Pane, PaneOptions } from '../../../src/tui/pane.ts'
import type { PaneTerminal } from '../../../src/core/pane-terminal.ts'
import { BERLIN, NOW, aDashboard, spend } from '../../tui/a-dashboard.ts'

interface Bundle {
  readonly openPane: (terminal: PaneTerminal, options: PaneOptions) => Pane
}

const SAMPLES = 20
/** Before the first sample: until code is compiled and caches are full. */
const WARM_UP = 0.2

const updates = Number(process.argv[2])
const nothing = (): void => {}

const { openPane }: Bundle = await import(new URL('../../../dist/later/run.js', import.meta.url).href)
const pane = openPane(
  {
    stdin,
    stdout,
    size: () => ({ columns: 80, rows: 24 }),
    ascii: false,
    colour: true,
    listen: () => nothing,
    suspend: () => Promise.resolve(),
    soon: (task) => void setImmediate(task),
  },
  {
    calendarIn: () => BERLIN,
    now: NOW,
    dashboard: aDashboard(),
    onReread: nothing,
    onSnooze: nothing,
    onDismiss: nothing,
    onAsk: nothing,
    onSave: nothing,
  },
)
const samples: (readonly [update: number, bytes: number])[] = []
for (let update = 1; update <= updates; update++) {
  pane.show(aDashboard({ spent: { daily: spend(`${update % 1000}.${update % 10}1`) } }))
  await turn()
  const isDue = update % Math.floor(updates / SAMPLES) === 0
  if (isDue && update >= WARM_UP * updates) samples.push([update, heapAfterCollection()])
}
pane.close()
const measures = performance.getEntriesByType('measure').length
stderr.write(`${JSON.stringify({ slope: slopeOf(samples), measures })}\n`)

function heapAfterCollection(): number {
  globalThis.gc?.()
  return memoryUsage().heapUsed
}

/** The straight line that lies nearest to the points, in bytes an update. */
function slopeOf(points: typeof samples): number {
  const mean = (of: (point: (typeof samples)[number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(([update]) => update), mean(([, bytes]) => bytes)]
  const [above, below] = [
    mean(([update, bytes]) => (update - x) * (bytes - y)),
    mean(([update]) => (update - x) ** 2),
  ]
  return above / below
}
