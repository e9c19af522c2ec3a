// One process after the other is what is measured here.
/* oxlint-disable no-await-in-loop */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Bench, Measure, Skipped } from '../benchmark.ts'
import { estimate } from '../statistics.ts'
import { finished } from './command.ts'
import { withoutProc } from './linux.ts'
import type { Subject } from './rounds.ts'

const RUNS = 7
const PRELOADED = fileURLToPath(new URL('peak-memory.cjs', import.meta.url))

/** The most memory that a process of Node ever occupies, in megabytes, over a few runs. */
export async function peakMemory(
  bench: Bench,
  { command, before }: Subject,
): Promise<readonly Measure[] | Skipped> {
  const skipped = withoutProc()
  if (skipped !== null) return skipped
  const file = join(bench.folder, 'peak-memory')
  const env = { ...command.env, NODE_OPTIONS: `--require "${PRELOADED}"`, PEAK_MEMORY: file }
  const megabytes: number[] = []
  for (let run = 0; run < (bench.rounds ?? RUNS); run++) {
    before?.()
    rmSync(file, { force: true })
    await finished({ ...command, env })
    megabytes.push(Number(readFileSync(file, 'utf8')) / 1024)
  }
  return [{ name: 'MB', unit: 'MB', estimate: estimate(megabytes) }]
}
