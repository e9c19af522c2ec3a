import { spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { aResponse, responseLines } from '../kit/transcripts.ts'
import { eventually } from './eventually.ts'
import { CLI, type Outcome, runProgram } from './run.ts'
import { type Sandbox, sandbox, spent } from './sandbox.ts'

const SILENCE: Outcome = { stdout: '', stderr: '', code: 0, signal: null }

/** What Claude Code says to its hooks. */
interface HookInput {
  readonly hook_event_name: string
  readonly session_id: string
  readonly transcript_path: string
  readonly cwd: string
}

/** A project with a ledger and an agent that has answered once. */
function projectWithAgent(): Sandbox {
  const box = sandbox()
  mkdirSync(box.costs)
  answer(box, 'm0')
  return box
}

function transcriptOf(box: Sandbox, name = 'session.jsonl'): string {
  return join(box.home, '.claude', 'projects', 'my-app', name)
}

function answer(box: Sandbox, message: string, path = transcriptOf(box)): void {
  mkdirSync(dirname(path), { recursive: true })
  const lines = responseLines(aResponse({ message, cwd: box.project }), 2)
  appendFileSync(path, lines.map((line) => `${line}\n`).join(''))
}

function stop(box: Sandbox, change: Readonly<Record<string, unknown>> = {}): string {
  const event: HookInput = {
    hook_event_name: 'Stop',
    session_id: 's',
    transcript_path: transcriptOf(box),
    cwd: box.project,
  }
  return JSON.stringify({ ...event, ...change })
}

function records(box: Sandbox): readonly Readonly<Record<string, unknown>>[] {
  if (!existsSync(box.ledger)) return []
  return box
    .readLedger()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
}

/** Messages in the ledger; how often a message stands there does not matter, for records with one id are one. */
function messages(box: Sandbox): ReadonlySet<string> {
  return new Set(records(box).map(({ id }) => String(id).split(':')[1] ?? ''))
}

/** Waits until the import of a hook is over: it has the lock no longer, and nothing is claimed. */
async function quiet(box: Sandbox): Promise<void> {
  const state = join(box.costs, 'state')
  await eventually('every import is over', () => {
    const claimed = existsSync(join(state, 'claims')) ? readdirSync(join(state, 'claims')) : []
    return claimed.length === 0 && !existsSync(join(state, 'import.lock')) && importsOf(box).length === 0
  })
}

/** Processes that import for a hook in a sandbox; elsewhere than on Linux nobody can tell. */
function importsOf(box: Sandbox): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return words.includes('--claims=') && words.includes(box.home)
    } catch {
      return false
    }
  })
}

describe('ai-costs hook', () => {
  it('brings in what a transcript has, and answers in silence before that', async () => {
    const box = projectWithAgent()
    const { env } = box
    const change = { stdin: stop(box), env: { ...env, CMAT_CURRENT_TASK_ID: 'task-17' } }
    expect(await box.run(['hook'], change)).toEqual(SILENCE)
    await eventually('the answer is in the ledger', () => messages(box).has('m0'))
    expect(records(box)).toMatchObject([{ task_id: 'task-17', project: 'my-app', tool: 'claude-code' }])
    await quiet(box)
    expect(readdirSync(box.costs).toSorted()).toEqual(['sessions.jsonl', 'state'])
  })

  it("brings in a subagent's transcript", async () => {
    const box = projectWithAgent()
    const agent = transcriptOf(box, 'session/subagents/agent-7.jsonl')
    answer(box, 'm7', agent)
    const stdin = stop(box, { hook_event_name: 'SubagentStop', agent_transcript_path: agent })
    expect(await box.run(['hook'], { stdin })).toEqual(SILENCE)
    await eventually('both answers are in the ledger', () => messages(box).size === 2)
    expect(messages(box)).toEqual(new Set(['m0', 'm7']))
    await quiet(box)
  })

  it('brings in what Codex has, whose event is an argument', async () => {
    const box = projectWithAgent()
    const rollout = join(box.home, '.codex', 'sessions', '2025', 'rollout-2025-12-15T10-00-00-c.jsonl')
    mkdirSync(dirname(rollout), { recursive: true })
    writeFileSync(rollout, codexLines(box.project).join(''))
    const event = { type: 'agent-turn-complete', 'thread-id': 'c', cwd: box.project }
    expect(await box.run(['hook', JSON.stringify(event)])).toEqual(SILENCE)
    await eventually('the turn is in the ledger', () => records(box).length === 1)
    expect(records(box)).toMatchObject([{ tool: 'codex', model: 'gpt-5-codex', output_tokens: 50 }])
    await quiet(box)
  })

  it.each<[string, (box: Sandbox) => Promise<Outcome>]>([
    ['nothing on standard input', (box) => box.run(['hook'])],
    ['broken JSON', (box) => box.run(['hook'], { stdin: '{"hook_event_name":"Stop"' })],
    ['an event of 5 MB', (box) => box.run(['hook'], { stdin: stop(box, { prompt: 'x'.repeat(5 << 20) }) })],
    [
      'a transcript that is not there',
      (box) => box.run(['hook'], { stdin: stop(box, { transcript_path: '/no/x' }) }),
    ],
    ['a closed standard input', (box) => shell(box, 'exec "$@" hook <&-')],
    ['nowhere to write to', (box) => shell(box, 'exec "$@" hook >&- 2>&-', stop(box))],
    ['a home that is a file', (box) => inHome(box, CLI)],
    ['a home that is read-only', (box) => inHome(box, readOnly(box))],
    ['an argument too many', (box) => box.run(['hook', '{', '}'], { stdin: stop(box) }).then(withoutAdvice)],
  ])('answers %s with silence', async (_, call) => {
    const box = projectWithAgent()
    expect(await call(box)).toEqual(SILENCE)
    await quiet(box)
  })

  it('answers with silence where nothing can be saved, and blocks no later import', async () => {
    const box = projectWithAgent()
    expect(await shell(box, 'ulimit -f 0; exec "$@" hook', stop(box))).toEqual(SILENCE)
    await quiet(box)
    expect(messages(box).size).toBe(0)
    expect(await box.run(['hook'], { stdin: stop(box) })).toEqual(SILENCE)
    await eventually('the answer is in the ledger', () => messages(box).has('m0'))
    await quiet(box)
  })

  it.each<[string, (box: Sandbox) => void, RegExp]>([
    ['a ledger that is a directory', (box) => mkdirSync(box.ledger), /cannot be read \(EISDIR\)/],
    ['settings that are broken', (box) => box.limits('budgets: [\n'), /cost-limits\.yaml/],
  ])('answers %s with silence, and a line in errors.log', async (_, damage, line) => {
    const box = projectWithAgent()
    damage(box)
    expect(await box.run(['hook'], { stdin: stop(box) })).toEqual(SILENCE)
    const log = join(box.costs, 'errors.log')
    await eventually('the trouble is told', () => existsSync(log))
    await quiet(box)
    expect(readFileSync(log, 'utf8')).toMatch(line)
    expect(readFileSync(log, 'utf8').match(/\n/g)).toHaveLength(1)
  })

  it.each<[string, (box: Sandbox, event: string) => Promise<Outcome>]>([
    ['a pipe', (box, event) => shell(box, FOR_EVER_OPEN, '', event)],
    ['a socket', (box, event) => unended(box, event, [])],
    ['the socket of an agent', (box, event) => unended(box, event, ['--agent', 'claude-code'])],
  ])('answers an event though nobody closes %s', async (_, call) => {
    const box = overBudget('block')
    const { stdout, stderr, code } = await call(box, stop(box, { hook_event_name: 'PreToolUse' }))
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
    expect(stderr).toContain('daily is at 150%')
  })

  it('blocks though there is nobody to tell why', async () => {
    const box = overBudget('block')
    const event = stop(box, { hook_event_name: 'PreToolUse' })
    const calls = [1, 2].map(() => shell(box, 'exec "$@" hook >&- 2>/dev/full', event))
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual([2, 2])
    expect((await shell(box, 'exec "$@" hook --no-cache 2>/dev/full', event)).code).toBe(2)
  })

  it('tells the same trouble once, whatever asks it how often', async () => {
    const box = overBudget('stop')
    const ask = () => box.run(['hook'], { stdin: stop(box, { hook_event_name: 'PreToolUse' }) })
    expect(await ask()).toEqual(SILENCE)
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([SILENCE, SILENCE, SILENCE])
    const log = readFileSync(join(box.costs, 'errors.log'), 'utf8')
    expect(log).toMatch(/^\S+Z .*cost-limits\.yaml:2:.*"stop".*\n$/)
    expect((await box.run(['doctor'])).stdout).toContain('hooks had trouble today')
  })

  it('called many times at once starts few imports, and none of the answers is lost', async () => {
    const box = projectWithAgent()
    let most = 0
    const counting = setInterval(() => (most = Math.max(most, importsOf(box).length)), 5)
    const calls: Promise<Outcome>[] = []
    for (let nth = 1; nth <= 60; nth++) {
      answer(box, `m${nth}`)
      calls.push(box.run(['hook'], { stdin: stop(box) }))
      // oxlint-disable-next-line no-await-in-loop -- twenty at a time
      if (nth % 20 === 0) await Promise.all(calls.splice(0))
    }
    await quiet(box)
    clearInterval(counting)
    expect(messages(box)).toEqual(new Set(Array.from({ length: 61 }, (_, nth) => `m${nth}`)))
    if (process.platform === 'linux') expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(2)
    expect(existsSync(join(box.costs, 'errors.log'))).toBe(false)
  })
})

/** Runs the program by a shell, which stands before it as "$@"; `EVENT` is a variable in it. */
function shell({ project, env }: Sandbox, script: string, stdin = '', event = ''): Promise<Outcome> {
  const surroundings = { cwd: project, env: { ...env, EVENT: event }, stdin }
  return runProgram('/bin/sh', ['-c', script, 'sh', process.execPath, CLI], surroundings)
}

/** Who reads from what it writes to itself never comes to an end. */
const FOR_EVER_OPEN = 'mkfifo "$HOME/open"; exec 3<>"$HOME/open"; echo "$EVENT" >&3; exec "$@" hook <&3'

/** Writes an event, and keeps the connection. */
function unended({ project, env }: Sandbox, event: string, words: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [CLI, 'hook', ...words], { cwd: project, env })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text))
  }
  child.stdin.write(event)
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ ...said, code, signal }))
  })
}

/** A project with ten dollars a day, of which fifteen are spent. */
function overBudget(action: string): Sandbox {
  const box = sandbox()
  box.limits(`budgets: { daily: 10 }\nalerts: { action: ${action} }`)
  box.append(spent(15, { timestamp: new Date().toISOString() }))
  return box
}

/** Calls the hook where there is no ledger but that of a home, which is useless. */
function inHome(box: Sandbox, home: string): Promise<Outcome> {
  const event = stop(box, { cwd: '/' })
  return runProgram(process.execPath, [CLI, 'hook'], {
    cwd: '/',
    env: { ...box.env, HOME: home },
    stdin: event,
  })
}

function readOnly(box: Sandbox): string {
  const home = join(box.temporary, 'home')
  mkdirSync(home)
  chmodSync(home, 0o500)
  return home
}

/** Whoever installs a hook in a wrong way is told so, but the agent goes on. */
function withoutAdvice(outcome: Outcome): Outcome {
  return { ...outcome, stderr: '' }
}

function codexLines(cwd: string): readonly string[] {
  const usage = { input_tokens: 1000, cached_input_tokens: 0, output_tokens: 50, total_tokens: 1050 }
  const info = { total_token_usage: usage, last_token_usage: usage }
  return [
    { type: 'session_meta', payload: { id: 'c', cwd, cli_version: '0.60.0' } },
    { type: 'turn_context', payload: { model: 'gpt-5-codex', cwd } },
    { type: 'event_msg', payload: { type: 'token_count', info } },
  ].map((event) => `${JSON.stringify({ timestamp: '2025-12-15T10:00:00Z', ...event })}\n`)
}
