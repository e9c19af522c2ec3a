// npm run bench                       every benchmark, as a Markdown table; a few minutes
// npm run bench -- NAME…              some of them
// npm run bench -- --list             their names
// npm run bench -- --rounds N NAME…   with so many rounds each
//
// Exit 1 when a bound was missed or a benchmark failed. Progress goes to stderr.

// One benchmark after the other, each with the machine to itself.
/* oxlint-disable no-await-in-loop */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import type { Bench, Benchmark } from './benchmark.ts'
import * as registry from './benchmarks/index.ts'
import { type Project, createProject } from './kit/project.ts'
import { type Transcripts, createTranscripts } from './kit/transcripts.ts'
import { machine } from './machine.ts'
import { type Outcome, allHeld, markdownTable } from './table.ts'

const USAGE_EXIT = 64
const BENCHMARKS: readonly Benchmark[] = Object.values(registry)

await main()

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { list: { type: 'boolean' }, rounds: { type: 'string' } },
    allowPositionals: true,
  })
  const rounds = values.rounds === undefined ? null : Number(values.rounds)
  const unknown = positionals.filter((wanted) => BENCHMARKS.every(({ name }) => name !== wanted))
  if (unknown.length > 0)
    return refuse(`no benchmark is called ${unknown.join(', ')}: --list has their names`)
  if (rounds !== null && !(Number.isInteger(rounds) && rounds > 0))
    return refuse(`--rounds is "${values.rounds}": give a whole number above 0`)
  if (values.list === true) return list()
  const chosen =
    positionals.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => positionals.includes(name))
  const outcomes = await measure(chosen, benchIn(temporaryFolder(), rounds))
  console.log(`${markdownTable(outcomes)}\n${machine()}`)
  if (!allHeld(outcomes)) process.exitCode = 1
}

async function measure(chosen: readonly Benchmark[], bench: Bench): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const benchmark of chosen) {
    console.error(`${benchmark.name} …`)
    outcomes.push(await outcomeOf(benchmark, bench))
  }
  return outcomes
}

async function outcomeOf(benchmark: Benchmark, bench: Bench): Promise<Outcome> {
  try {
    const result = await benchmark.run(bench)
    if ('skipped' in result) return { kind: 'skipped', benchmark, ...result }
    const forgotten = Object.keys(benchmark.bounds).filter((bound) =>
      result.every(({ name }) => name !== bound),
    )
    if (forgotten.length > 0) throw new Error(`nothing was measured for the bound ${forgotten.join(', ')}`)
    return { kind: 'measured', benchmark, measures: result }
  } catch (error) {
    console.error(error)
    return { kind: 'failed', benchmark, message: error instanceof Error ? error.message : String(error) }
  }
}

function benchIn(folder: string, rounds: number | null): Bench {
  const projects = new Map<number, Promise<Project>>()
  const project = (records: number): Promise<Project> => {
    const made = projects.get(records) ?? createProject(join(folder, `${records}-records`), records)
    projects.set(records, made)
    return made
  }
  const homes = new Map<number, Transcripts>()
  const transcripts = (megabytes: number): Transcripts => {
    const home = join(folder, `${megabytes}-megabytes`)
    const made = homes.get(megabytes) ?? createTranscripts(home, megabytes, Date.now())
    homes.set(megabytes, made)
    return made
  }
  return { folder, rounds, project, transcripts }
}

/** Gone when this process is, however it ends. */
function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ai-costs-bench-')))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]))
  }
  return folder
}

function list(): void {
  for (const { name, what } of BENCHMARKS) console.log(`${name.padEnd(26)}${what}`)
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exitCode = USAGE_EXIT
}
