import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

import { CANARY } from '../sources/told.ts'
import { type AResponse, type TranscriptTree, transcriptTree } from '../kit/transcripts.ts'
import { eventually } from './eventually.ts'
import { CLI, type Outcome } from './run.ts'
import { NOW, type Sandbox, sandbox } from './sandbox.ts'

/** What a token costs, in picodollars: of input, output, cache read, cache writes for five minutes and for an hour. */
const PRICES: Readonly<Record<string, readonly [bigint, bigint, bigint, bigint, bigint]>> = {
  'claude-sonnet-4-5-20250929': [3_000_000n, 15_000_000n, 300_000n, 3_750_000n, 6_000_000n],
  'claude-opus-4-1-20250805': [15_000_000n, 75_000_000n, 1_500_000n, 18_750_000n, 30_000_000n],
  'claude-haiku-4-5-20251001': [1_000_000n, 5_000_000n, 100_000n, 1_250_000n, 2_000_000n],
}

function costOf({ model, input, output, read, written5m, written1h }: AResponse): bigint {
  const counts = [input, output, read, written5m, written1h]
  return (PRICES[model] ?? []).reduce((sum, price, nth) => sum + price * BigInt(counts[nth] ?? 0), 0n)
}

/** What a tree costs, in dollars as JSON has them. */
function dollarsOf({ responses }: TranscriptTree): number {
  const picodollars = responses.reduce((sum, one) => sum + costOf(one), 0n)
  return Number(`${picodollars / 10n ** 12n}.${String(picodollars % 10n ** 12n).padStart(12, '0')}`)
}

/** A machine with transcripts of its project. */
function machine(seed: number, sessions: number): { readonly box: Sandbox; readonly tree: TranscriptTree } {
  const box = sandbox()
  mkdirSync(box.costs)
  box.limits('budgets:\n  monthly: 1000000\n')
  const tree = transcriptTree(seed, sessions, [box.project, join(box.project, 'packages/web')])
  for (const [name, text] of tree.files) {
    const path = join(box.home, '.claude/projects', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return { box, tree }
}

/** What the ledger comes to, as `check` says it. */
async function spent(box: Sandbox): Promise<{ readonly usd: unknown; readonly quality: object }> {
  const { stdout } = await box.run(['check', '--json', '--now', NOW])
  const answer = parsed(stdout)
  return { usd: answer.budgets[0].spent_usd, quality: answer.data_quality }
}

// JSON.parse gives `any`, which is what a reader of foreign JSON has.
function parsed(text: string) {
  return JSON.parse(text)
}

const lineCount = (box: Sandbox): number => box.readLedger().split('\n').filter(Boolean).length

/** All files below a directory. */
function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
}

describe('an import of many sessions', () => {
  const outcomes: Outcome[] = []
  let box: Sandbox
  let tree: TranscriptTree
  beforeAll(async () => {
    ;({ box, tree } = machine(1, 60))
    outcomes.push(await box.run(['import', '--json']), await box.run(['import']))
  })

  it('comes to the cent to what its responses cost', async () => {
    const { stdout, stderr, code } = outcomes[0]!
    expect([code, stderr]).toEqual([0, ''])
    const claude = parsed(stdout).sources.find(
      ({ source }: { readonly source: string }) => source === 'claude-code',
    )
    expect(claude).toMatchObject({
      responses: tree.responses.length,
      tellings: tree.tellings,
      files: tree.files.size,
      cost_usd: dollarsOf(tree),
      damaged: 0,
      strange: 0,
    })
    expect(await spent(box)).toMatchObject({ usd: dollarsOf(tree), quality: { bad_lines: 0, unpriced: [] } })
  })

  it('adds nothing the second time', () => {
    expect(outcomes[1]).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^Nothing new for /),
    })
    expect(lineCount(box)).toBe(tree.responses.length)
  })

  it('keeps every word that was said to itself', () => {
    const files = filesBelow(box.costs)
    expect(files.length).toBeGreaterThan(2)
    for (const path of files) expect(readFileSync(path).includes(CANARY), path).toBe(false)
    for (const { stdout, stderr } of outcomes) expect(stdout + stderr).not.toContain(CANARY)
  })
})

describe('imports at once', () => {
  it('bring in each response once', async () => {
    const { box, tree } = machine(2, 40)
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => box.run(['import', '--json'])))
    expect(outcomes.filter(({ code }) => code !== 0)).toEqual([])
    const responses = outcomes.flatMap(({ stdout }) =>
      parsed(stdout).sources.map((one: { readonly responses: number }) => one.responses),
    )
    expect(responses.reduce((sum: number, count: number) => sum + count, 0)).toBe(tree.responses.length)
    expect(lineCount(box)).toBe(tree.responses.length)
    expect((await spent(box)).usd).toBe(dollarsOf(tree))
    expect(readdirSync(join(box.costs, 'state')).filter((name) => name.includes('lock'))).toEqual([])
  })
})

describe('an import that is killed', () => {
  it('at any moment comes to the same when it is run again', async () => {
    const { box, tree } = machine(3, 200)
    const lock = join(box.costs, 'state/import.lock')
    const written = () => (existsSync(box.ledger) ? statSync(box.ledger).size : 0)
    const moments: readonly (readonly [when: string, isThen: () => boolean])[] = [
      ['it has the lock', () => existsSync(lock)],
      ['it has saved something', () => written() > 0],
      ['it has saved more', () => written() > 200_000],
    ]
    let killed = 0
    for (const [when, isThen] of moments) {
      for (const path of [box.ledger, join(box.costs, 'state')])
        rmSync(path, { recursive: true, force: true })
      // One after the other is what this promise is about.
      // oxlint-disable-next-line no-await-in-loop
      killed += await killedWhen(box, when, isThen)
      // oxlint-disable-next-line no-await-in-loop
      expect(await box.run(['import'])).toMatchObject({ code: 0 })
      // oxlint-disable-next-line no-await-in-loop
      expect([when, (await spent(box)).usd]).toEqual([when, dollarsOf(tree)])
    }
    expect(killed).toBeGreaterThan(0)
  })
})

/** Starts an import and kills it as soon as something is so; 1 unless it was over before. */
async function killedWhen(box: Sandbox, when: string, isThen: () => boolean): Promise<number> {
  const child = spawn(process.execPath, [CLI, 'import'], { cwd: box.project, env: box.env, stdio: 'ignore' })
  const gone = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on('close', (_code, signal) => resolve(signal)),
  )
  await eventually(when, () => isThen() || child.exitCode !== null)
  child.kill('SIGKILL')
  return (await gone) === 'SIGKILL' ? 1 : 0
}

describe('what cannot be read', () => {
  it('is named, the rest comes in, and it is no success', async () => {
    const { box, tree } = machine(4, 3)
    const broken = join(box.home, '.local/share/opencode/opencode.db')
    mkdirSync(dirname(broken), { recursive: true })
    writeFileSync(broken, 'not a database, whatever its name says'.repeat(40))
    const { code, stderr, stdout } = await box.run(['import'])
    expect([code, stderr.includes(broken)]).toEqual([1, true])
    expect(stdout).toContain(`Imported ${tree.responses.length} responses`)
    expect(lineCount(box)).toBe(tree.responses.length)
  })
})

describe('what comes through a pipe', () => {
  it('is known by its form, and by its session when it comes again', async () => {
    const { box, tree } = machine(5, 1)
    const [text = ''] = tree.files.values()
    const first = await box.run(['import', '-'], { stdin: text })
    expect(first).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Claude Code: 1 file'),
    })
    const count = lineCount(box)
    expect(count).toBeGreaterThan(0)
    expect(await box.run(['import', '-'], { stdin: text })).toMatchObject({
      stdout: expect.stringMatching(/^Nothing new/),
    })
    expect(lineCount(box)).toBe(count)
    const nonsense = await box.run(['import', '-'], { stdin: 'hello' })
    expect(nonsense).toMatchObject({
      code: 64,
      stdout: '',
      stderr: expect.stringContaining('name the source before the -'),
    })
  })
})
