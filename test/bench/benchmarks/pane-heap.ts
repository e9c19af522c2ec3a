import type { Benchmark } from '../benchmark.ts'
import { heapGrowth } from '../kit/heap-growth.ts'
import { exactly } from '../statistics.ts'

const UPDATES = 50_000

export const name = 'pane-heap'
export const what = `what stays on the heap of a pane over ${UPDATES.toLocaleString('en-US')} updates`
export const bounds = { 'bytes an update': 200, 'performance entries': 0 }

export const run: Benchmark['run'] = () => {
  const { slope, measures } = heapGrowth(UPDATES)
  return Promise.resolve([
    { name: 'bytes an update', unit: 'bytes', estimate: exactly(Math.round(slope)) },
    { name: 'performance entries', unit: 'count', estimate: exactly(measures) },
  ])
}
