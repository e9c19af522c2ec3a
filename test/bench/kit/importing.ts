import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import type { Bench, Measure, Skipped } from '../benchmark.ts'
import { ccusage, expectSameTotals } from './ccusage.ts'
import { type Command, PROGRAM, finished, node } from './command.ts'
import { type Subject, timeRatio } from './rounds.ts'
import type { Tokens } from './transcript-truth.ts'
import type { Transcripts } from './transcripts.ts'

/** What the ledger of such a home is named. */
const LEDGER = 'sessions.jsonl'

/** `ai-costs import` of so many megabytes of transcripts that nobody has read yet, checked against the truth. */
export async function firstImport(bench: Bench, megabytes: number): Promise<Subject> {
  const transcripts = bench.transcripts(megabytes)
  const command = importAll(transcripts)
  const before = (): void => rmSync(transcripts.costs, { recursive: true, force: true })
  before()
  await finished(command)
  expectTruth(transcripts)
  return { command, before }
}

/** The same when all of it has been read. */
export async function nextImport(bench: Bench, megabytes: number): Promise<Subject> {
  const { command } = await firstImport(bench, megabytes)
  const { stdout } = await finished({ ...command, args: [...command.args, '--json'] })
  const { sources } = JSON.parse(stdout) as { readonly sources: readonly { readonly responses: number }[] }
  const news = sources.reduce((sum, { responses }) => sum + responses, 0)
  if (news > 0) throw new Error(`a second import brought in ${news} responses`)
  expectTruth(bench.transcripts(megabytes))
  return { command }
}

/** An import against `ccusage`, which reads everything each time. */
export async function againstCcusage(
  bench: Bench,
  megabytes: number,
  ours: (bench: Bench, megabytes: number) => Promise<Subject>,
): Promise<readonly Measure[] | Skipped> {
  const peer = ccusage(bench)
  if ('skipped' in peer) return peer
  const transcripts = bench.transcripts(megabytes)
  const daily = peer.daily(transcripts)
  await expectSameTotals(daily, transcripts)
  return timeRatio(bench, await ours(bench, megabytes), { command: daily })
}

function importAll(transcripts: Transcripts): Command {
  return node([PROGRAM, 'import', 'claude-code'], transcripts)
}

/** Throws unless the ledger has each response once, and adds up to what the transcripts tell. */
function expectTruth({ costs, truth }: Transcripts): void {
  const lines = readFileSync(join(costs, LEDGER), 'utf8').trimEnd().split('\n')
  const sum = { input: 0, output: 0, read: 0, written: 0 }
  for (const line of lines) {
    const { input, output, read, written } = tokensOf(line)
    sum.input += input
    sum.output += output
    sum.read += read
    sum.written += written
  }
  truth.expect('the ledger', sum)
  if (lines.length !== truth.responses) {
    throw new Error(`the ledger has ${lines.length} records, there were ${truth.responses} responses`)
  }
}

function tokensOf(line: string): Tokens {
  const record = JSON.parse(line) as Readonly<Record<string, number | undefined>>
  return {
    input: record['input_tokens'] ?? 0,
    output: record['output_tokens'] ?? 0,
    read: record['cache_read_tokens'] ?? 0,
    written: record['cache_write_tokens'] ?? 0,
  }
}
