// Lines are written in their order.
/* oxlint-disable no-await-in-loop */
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { cleanEnvironment } from '../../e2e/run.ts'
import { Truth } from './truth.ts'
import { type UsageLine, usageLines } from './usage-lines.ts'

const DAYS = 400
const MINUTE_MS = 60_000
const LINES_PER_WRITE = 10_000

/** Far above what any ledger here holds, so that every judge has to look at everything and none has to complain. */
const LIMITS = `budgets:
  daily: 1000000
  weekly: 5000000
  monthly: 20000000
  per_session: 100000
  scoped:
    - { name: opus, model: "claude-opus-*", daily: 1000000 }
alerts: { threshold_warning: 0.80, threshold_critical: 0.95 }
`

/** A project with limits and a ledger of which everything is known. */
export interface Project {
  /** The working directory, where `truth.json` says what the ledger adds up to. */
  readonly folder: string
  /** `.ai-costs` in it. */
  readonly costs: string
  readonly ledger: string
  /** A clean environment: above all without NODE_EXTRA_CA_CERTS, which makes Node 20 start in 2.5 times the time. */
  readonly env: Readonly<Record<string, string>>
  readonly truth: Truth
  /** Appends so many records of this minute, in one write. */
  readonly append: (records: number) => Promise<void>
}

/** Makes a project in an empty folder whose ledger holds so many records, the last of them this minute. */
export async function createProject(home: string, records: number): Promise<Project> {
  const folder = join(home, 'my-app')
  const costs = join(folder, '.ai-costs')
  const temporary = join(home, 'tmp')
  const config = join(folder, '.ai-config')
  await Promise.all([costs, temporary, config].map((path) => mkdir(path, { recursive: true })))
  await writeFile(join(config, 'cost-limits.yaml'), LIMITS)
  const ledger = join(costs, 'sessions.jsonl')
  const truth = new Truth()
  let seed = 0
  const write = async (count: number, days: number): Promise<void> => {
    seed++
    const file = await open(ledger, 'a', 0o600)
    for (const lines of batches(usageLines(seed, { records: count, end: thisMinute(), days }))) {
      for (const line of lines) truth.add(line)
      await file.write(lines.map(({ text }) => `${text}\n`).join(''))
    }
    await file.close()
    await writeFile(join(folder, 'truth.json'), JSON.stringify(truth))
  }
  await write(records, DAYS)
  const append = (count: number): Promise<void> => write(count, 0)
  // Compiled code is kept in the home, as it is for everybody.
  const env = { ...cleanEnvironment(home, temporary), XDG_CACHE_HOME: '' }
  return { folder, costs, ledger, env, truth, append }
}

function* batches(lines: Iterable<UsageLine>): Generator<readonly UsageLine[]> {
  let batch: UsageLine[] = []
  for (const line of lines) {
    if (batch.push(line) < LINES_PER_WRITE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function thisMinute(): number {
  return Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS
}
