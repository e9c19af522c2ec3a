import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import * as check from '../../src/commands/check.ts'
import * as importing from '../../src/commands/import.ts'
import { createSystem } from '../../src/system/create-system.ts'
import type { System } from '../../src/system/system.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type AResponse, aResponse, responseLines } from '../kit/transcripts.ts'
import { type Answer, call } from './calling.ts'

let home: string
let now: number
let system: System

beforeEach(() => {
  home = temporaryDirectory()
  now = Date.UTC(2025, 11, 15, 12)
  mkdirSync(join(home, 'app'))
  const real = createSystem()
  const environment = {
    ...real.environment,
    home,
    workingDirectory: join(home, 'app'),
    variables: {},
    zone: () => 'UTC',
  }
  const clock = { ...real.clock, now: () => now }
  system = { ...real, environment, clock }
})

/** What `claude -p --output-format json` prints at the end of a run of session `s-1`. */
const CLAUDE_RUN = JSON.stringify({
  type: 'result',
  subtype: 'success',
  session_id: 's-1',
  uuid: 'run-1',
  num_turns: 1,
  total_cost_usd: 0.5,
  usage: { input_tokens: 10, output_tokens: 400 },
  modelUsage: { 'claude-sonnet-4-5-20250929': { inputTokens: 10, outputTokens: 400, costUSD: 0.5 } },
})

/** What `codex exec --json` prints. */
const CODEX_RUN = [
  JSON.stringify({ type: 'thread.started', thread_id: 't-1' }),
  JSON.stringify({
    type: 'turn.completed',
    usage: { input_tokens: 1000, cached_input_tokens: 0, output_tokens: 10 },
  }),
].join('\n')

function pipe(text: string): Promise<Answer> {
  now++
  return call(importing, '-', { ...system, standardInput: { read: () => text } })
}

const run = (words = ''): Promise<Answer> => call(importing, words, system)

async function spentToday(): Promise<number> {
  const { stdout } = await call(check, '--json --no-cache', system)
  return (JSON.parse(stdout) as { budgets: { spent_usd: number }[] }).budgets[0]!.spent_usd
}

function later(hours: number): void {
  now += hours * 3_600_000
}

const ledger = (): string => join(home, '.ai-costs', 'sessions.jsonl')

function records(): Record<string, unknown>[] {
  const path = [join(home, 'app', '.ai-costs', 'sessions.jsonl'), ledger()].find((one) => existsSync(one))!
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line): Record<string, unknown> => JSON.parse(line))
}

const transcriptPath = (): string => join(home, '.claude', 'projects', '-app', 's-1.jsonl')

function transcript(change: Partial<AResponse> = {}): void {
  mkdirSync(dirname(transcriptPath()), { recursive: true })
  const lines = responseLines(aResponse({ cwd: join(home, 'app'), ...change }))
  writeFileSync(transcriptPath(), lines.map((line) => `${line}\n`).join(''))
}

function rollout(): void {
  const folder = join(home, '.codex', 'sessions', '2025', '12', '15')
  mkdirSync(folder, { recursive: true })
  const usage = { input_tokens: 1000, cached_input_tokens: 0, output_tokens: 10, total_tokens: 1010 }
  const lines = [
    { type: 'session_meta', payload: { id: 't-1', cwd: join(home, 'app') } },
    { type: 'turn_context', payload: { cwd: join(home, 'app'), model: 'gpt-5' } },
    {
      type: 'event_msg',
      payload: { type: 'token_count', info: { total_token_usage: usage, last_token_usage: usage } },
    },
  ]
  const text = lines.map((line) => `${JSON.stringify({ timestamp: '2025-12-15T10:00:00Z', ...line })}\n`)
  writeFileSync(join(folder, 'rollout-2025-12-15T10-00-00-t-1.jsonl'), text.join(''))
}

/** 10 · $3 + 400 · $15 + 20,000 · $0.30 + 1,000 · $3.75 + 200 · $6 a million. */
const BY_TRANSCRIPT = 0.01698

describe('what claude -p prints', () => {
  it('counts, at the instant of its import and for the folder of whoever pipes it', async () => {
    mkdirSync(join(home, 'app', '.ai-costs'))
    expect((await pipe(CLAUDE_RUN)).stdout).toMatch(/^Imported 1 response, \$0\.50/)
    expect(await spentToday()).toBe(0.5)
    expect(records()).toMatchObject([{ timestamp: '2025-12-15T12:00:00.001Z', project: 'app' }])
  })

  it('counts once, however often it is piped', async () => {
    await pipe(CLAUDE_RUN)
    expect((await pipe(CLAUDE_RUN)).stdout).toMatch(/^Nothing new/)
    expect(await spentToday()).toBe(0.5)
  })

  it('stops counting when the transcripts of its session come in, and says so', async () => {
    await pipe(CLAUDE_RUN)
    transcript()
    const { stdout } = await run()
    expect(stdout).toContain(
      '1 printed earlier ($0.50) and counted no more, because these transcripts tell of them',
    )
    expect(await spentToday()).toBe(BY_TRANSCRIPT)
  })

  it('stops counting once: later imports write nothing', async () => {
    await pipe(CLAUDE_RUN)
    transcript()
    await run()
    const before = readFileSync(ledger(), 'utf8')
    await run()
    rmSync(join(home, '.ai-costs', 'state'), { recursive: true })
    await run()
    expect(readFileSync(ledger(), 'utf8')).toBe(before)
  })

  it('is left out when the ledger has its transcripts, and says so', async () => {
    transcript()
    await run()
    const { stdout } = await pipe(CLAUDE_RUN)
    expect(stdout).toContain('1 printed of sessions whose transcripts are in the ledger')
    expect(await spentToday()).toBe(BY_TRANSCRIPT)
  })

  it('is left out when it comes along with its transcripts', async () => {
    const folder = join(home, 'files')
    mkdirSync(folder)
    writeFileSync(join(folder, 'run.json'), CLAUDE_RUN)
    transcript()
    await run(`${join(folder, 'run.json')} ${transcriptPath()}`)
    expect(await spentToday()).toBe(BY_TRANSCRIPT)
  })

  it('counts when its session has no transcripts, beside one that has', async () => {
    await pipe(CLAUDE_RUN.replaceAll('s-1', 's-2'))
    transcript()
    expect(await run()).toMatchObject({ stdout: expect.not.stringContaining('printed') })
    expect(await spentToday()).toBe(0.5 + BY_TRANSCRIPT)
  })

  it('changes nothing in a dry run', async () => {
    await pipe(CLAUDE_RUN)
    transcript()
    const before = readFileSync(ledger(), 'utf8')
    expect((await run('--dry-run')).stdout).toContain('1 printed earlier ($0.50)')
    expect(readFileSync(ledger(), 'utf8')).toBe(before)
    await run()
    expect(await spentToday()).toBe(BY_TRANSCRIPT)
  })

  it('stays as it is where --since leaves it out, until an import takes everything', async () => {
    await pipe(CLAUDE_RUN)
    later(24)
    transcript({ at: Date.UTC(2025, 11, 16, 10) })
    await run('--since 2025-12-16')
    expect(records()).toHaveLength(2)
    await run()
    expect(records().filter(({ kind }) => kind === 'adjustment')).toHaveLength(1)
  })
})

describe('what codex exec prints', () => {
  it('stops counting when the transcripts of its session come in', async () => {
    await pipe(CODEX_RUN)
    expect(await spentToday()).toBeGreaterThan(0)
    rollout()
    await run()
    // 1,000 · $1.25 + 10 · $10 a million.
    expect(await spentToday()).toBe(0.00135)
  })

  it('is left out when the ledger has its transcripts', async () => {
    rollout()
    await run()
    await pipe(CODEX_RUN)
    expect(await spentToday()).toBe(0.00135)
  })
})
