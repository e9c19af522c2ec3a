import { describe, expect, it, test } from 'vitest'

import { UsageError } from '../../src/commands/command.ts'
import * as session from '../../src/commands/session.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { call } from './calling.ts'

const TRACKED = `${PROJECT}/.ai-costs/state/tracked`
const REPORTS = `${PROJECT}/.ai-costs/reports`
const MINUTE = 60_000
const LIMITS_TEXT =
  'budgets: { daily: 100, per_session: 40 }\ntimezone: UTC\ndefault_model: claude-sonnet-4\n'
const SECRET = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789'

const run = (words: string, system: FakeSystem) => call(session, words, system)

function shop(texts: Readonly<Record<string, string>> = {}): FakeSystem {
  const system = fakeSystem({ [LIMITS]: LIMITS_TEXT, ...texts })
  system.directories.add(`${PROJECT}/.ai-costs`)
  return system
}

function records(system: FakeSystem): Record<string, unknown>[] {
  const lines = (system.texts.get(LEDGER) ?? '').split('\n').filter((line) => line !== '')
  return lines.map((line): Record<string, unknown> => JSON.parse(line))
}

/** The only report. */
function report(system: FakeSystem): { readonly path: string; readonly text: string } {
  const [found, ...others] = [...system.texts].filter(([path]) => path.startsWith(`${REPORTS}/`))
  if (found === undefined || others.length > 0) throw new Error('there is not one report')
  return { path: found[0], text: found[1] }
}

/** A section of the report, up to the next heading. */
function section(text: string, title: string): string {
  return text.split(`## ${title}\n\n`)[1]?.split('\n\n## ')[0] ?? ''
}

/** Two hours of work that cost $1.2345 by hand, at the prices of claude-sonnet-4. */
async function workedTwoHours(system: FakeSystem): Promise<void> {
  await run('start JWT\0development', system)
  system.now += 30 * MINUTE
  await run('log 2500 3500 Designed\0JWT --task-type planning', system)
  system.now += 60 * MINUTE
  await run('log 1800 4200 "Implemented | it"'.replaceAll(' | ', '\0|\0'), system)
  system.now += 30 * MINUTE
}

describe('a tracked session', () => {
  it('begins, is logged into at the prices of its model, and says what it has come to', async () => {
    const system = shop()
    expect(await run('start JWT development', system)).toEqual({
      stdout:
        'Started: JWT development (shop)\nlog into it with: ai-costs session log INPUT OUTPUT, end it with: ai-costs session end\n',
      stderr: '',
      exitCode: 0,
    })
    system.now += MINUTE
    const { stdout } = await run('log 1500 800 token validation', system)
    expect(stdout).toBe('Logged: $0.0165 (claude-sonnet-4, 1500in/800out)\nSession so far: $0.0165\n')
    const { id } = JSON.parse(system.texts.get(TRACKED)!) as { id: string }
    expect(records(system)).toMatchObject([
      { session_id: id, project: 'shop', note: 'token validation', input_tokens: 1500, cost_usd: 0.0165 },
    ])
  })

  test.each([
    ['--model claude-opus-4', '', 'claude-opus-4'],
    ['', '--model claude-opus-4', 'claude-opus-4'],
    ['--model claude-opus-4', '--model claude-haiku-4-5', 'claude-haiku-4-5'],
    ['', '', 'claude-sonnet-4'],
  ])('started with %j and logged with %j is priced as %s', async (start, log, model) => {
    const system = shop()
    await run(`start x ${start}`, system)
    await run(`log 1 1 ${log}`, system)
    expect(records(system)).toMatchObject([{ model }])
  })

  it('logs nothing where nobody says which model it was', async () => {
    const system = fakeSystem()
    system.directories.add(`${PROJECT}/.ai-costs`)
    await run('start x', system)
    const { stderr, exitCode } = await run('log 1 1', system)
    expect({ exitCode, lines: records(system) }).toEqual({ exitCode: 1, lines: [] })
    expect(stderr).toContain('add --model MODEL')
  })

  test.each([
    ['quick code auth middleware', 3500, 5500, 'code_generation', 'auth middleware'],
    ['quick review', 2000, 1000, 'review', undefined],
    ['log debug token parsing', 2000, 1000, 'debug', 'token parsing'],
  ])('%s logs what such work typically takes, and says so', async (words, input, output, type, note) => {
    const system = shop()
    await run('start x', system)
    const { stdout } = await run(words, system)
    expect(stdout).toMatch(/^estimated: the middle of what .* typically takes, /m)
    const [logged] = records(system)
    expect(logged).toMatchObject({ input_tokens: input, output_tokens: output, task_type: type })
    expect([logged?.['tool'], logged?.['note']]).toEqual(['estimate', note])
  })

  it('ends with a report: overview, costs, activity, efficiency, recommendation, insights, room for notes', async () => {
    const system = shop()
    await workedTwoHours(system)
    const { stdout, stderr } = await run('end', system)
    expect(stdout).toBe('Ended: JWT development, $0.13 in 2h (12,000 tokens, 2 operations)\n')
    const { path, text } = report(system)
    expect(path).toBe(`${REPORTS}/session-2025-12-15-143000-jwt-development.md`)
    expect(stderr).toBe(`Report saved to ${path}\n`)
    expect(system.texts.has(TRACKED)).toBe(false)
    expect(text).toContain('# Session: JWT development\n')
    expect(section(text, 'Overview')).toContain('- duration: 2h\n')
    expect(section(text, 'Cost breakdown')).toContain('| output | 7,700 |')
    expect(section(text, 'Operations')).toContain('| `planning` | 1 | 2,500 | 3,500 |')
    expect(section(text, 'Activity')).toContain(
      '| 2025-12-15 15:00 | `planning` | by hand | `claude-sonnet-4` | 2,500 | 3,500 |',
    )
    expect(section(text, 'Activity')).toContain('"Implemented\\|it"'.replace('\\|', ' \\| '))
    expect(section(text, 'Efficiency')).toContain('- tokens a minute: 100\n')
    expect(section(text, 'Efficiency')).toMatch(/- cost an hour: \\\$0\.06\d*\n/)
    expect(section(text, 'Model recommendation')).toContain('- most spent on: `claude-sonnet-4`')
    expect(section(text, 'Insights')).not.toBe('')
    expect(text).toMatch(/\n## Notes\n\n(- .*:\n)+$/)
  })

  it('counts what agents used in its project meanwhile, and nothing else', async () => {
    const agent = { project: 'shop', session_id: 'agent', cost_usd: 5, tool: 'claude-code' }
    const lines = [
      usage({ ...agent, id: 'a', timestamp: '2025-12-15T14:40:00Z' }),
      usage({ ...agent, id: 'b', timestamp: '2025-12-15T14:41:00Z' }),
      usage({ ...agent, id: 'before', timestamp: '2025-12-15T14:29:59Z' }),
      usage({ ...agent, id: 'other', timestamp: '2025-12-15T14:40:00Z', project: 'docs' }),
    ]
    const system = shop({ [LEDGER]: `${lines.join('\n')}\n` })
    await workedTwoHours(system)
    const { stdout } = await run('status --json', system)
    expect(JSON.parse(stdout)).toMatchObject({
      report: 'tracked-session',
      overview: {
        meanwhile_usd: 10,
        logged_usd: 0.1284,
        cost_usd: 10.1284,
        project_usd: 15.1284,
        operations: 4,
      },
      activity: [{ context: '2 requests, session agent' }, {}, {}],
    })
  })

  it('is compared with the session before', async () => {
    const system = shop()
    await workedTwoHours(system)
    await run('end', system)
    await run('start again', system)
    await run('log 1800 4200', system)
    system.now += 60 * MINUTE
    const { stdout } = await run('status --json', system)
    expect(JSON.parse(stdout)).toMatchObject({
      efficiency: { previous_session: 'JWT development', hourly_usd: 0.0684, previous_hourly_usd: 0.0642 },
    })
  })

  it('is stamped by --now, as what is logged is', async () => {
    const system = shop()
    await run('start x --now 2025-12-01T10:00:00Z', system)
    await run('log 1 1 --now 2025-12-01T11:00:00Z', system)
    expect((await run('end --now 2025-12-01T12:00:00Z', system)).stdout).toContain(
      ' in 2h (2 tokens, 1 operation)',
    )
    expect(report(system).path).toContain('session-2025-12-01-100000-x.md')
    expect(records(system)).toMatchObject([{ timestamp: '2025-12-01T11:00:00Z' }])
  })

  it('is at least so dear where something in it has no price', async () => {
    const system = shop()
    await run('start x', system)
    await run('log 1 1 --model acme-1', system)
    const { stdout } = await run('end', system)
    expect(stdout).toContain('at least $0.00')
    expect(report(system).text).toContain('acme-1')
  })

  it('says that nothing was used, and reports all the same', async () => {
    const system = shop()
    await run('start CI review session', system)
    expect((await run('end', system)).exitCode).toBe(0)
    expect(section(report(system).text, 'Insights')).toContain('nothing was logged')
  })

  it('runs once: a second start says what runs, and changes nothing', async () => {
    const system = shop()
    await run('start first', system)
    const before = system.texts.get(TRACKED)
    system.now += 90 * MINUTE
    expect(await run('start second', system)).toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('"first" has been running for 1h30m, nothing was started'),
      exitCode: 1,
    })
    expect(system.texts.get(TRACKED)).toBe(before)
  })

  test.each([
    ['log 1 1', 'nothing was logged'],
    ['quick code', 'nothing was logged'],
    ['end', 'nothing was ended'],
  ])('without a start, %s says so, or nothing with --if-running', async (words, lost) => {
    const system = shop()
    const { stderr, exitCode } = await run(words, system)
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`no session runs in ${PROJECT}/.ai-costs, ${lost}: begin one with`)
    expect(await run(`${words} --if-running`, system)).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    expect(records(system)).toEqual([])
  })

  it('is none where status finds none', async () => {
    expect(await run('', shop())).toMatchObject({ stdout: '', exitCode: 0 })
    expect(JSON.parse((await run('status --json', shop())).stdout)).toEqual({ schema: 1, session: null })
  })

  test.each([['log 1 1'], ['status'], ['end']])(
    'where its file is damaged, %s names it and what to do',
    async (words) => {
      const system = shop({ [TRACKED]: '{"v":1' })
      const { stderr, exitCode } = await run(words, system)
      expect(exitCode).toBe(1)
      expect(stderr).toContain(`${TRACKED}: is no session that runs — remove it`)
      expect(system.texts.get(TRACKED)).toBe('{"v":1')
    },
  )

  it('runs on where its report cannot be saved', async () => {
    const system = shop()
    await run('start x', system)
    const full = { ...system, reports: () => ({ save: refuse }) }
    expect(await call(session, 'end', full)).toMatchObject({ stdout: '', exitCode: 1 })
    expect(system.texts.has(TRACKED)).toBe(true)
  })

  it('runs on where the settings are broken', async () => {
    const system = shop()
    await run('start x', system)
    system.texts.set(LIMITS, 'budgets: { daily: -1 }')
    expect((await run('end', system)).stderr).toContain('the session runs on: mend that, then end it')
    expect((await run('log 1 1 --model m', system)).exitCode).toBe(0)
    expect(system.texts.has(TRACKED)).toBe(true)
  })

  it('acts on no terminal and is no markup, whatever it is called', async () => {
    const system = shop()
    await run('start \u001b[31m<b>|`x`\u202e', system)
    const logged = await run('log 1 1 \u001b]0;x\u0007|`y`', system)
    const status = await run('status', system)
    const ended = await run('end', system)
    const all = [logged, status, ended].map(({ stdout, stderr }) => stdout + stderr).join('')
    expect(all + report(system).text).not.toMatch(ACTS_ON_A_TERMINAL)
    expect(report(system).text).not.toMatch(/[^\\]<b>(?!.*`)/)
  })

  test.each([
    ['start', 'session start needs a NAME'],
    ['start \0', 'session start needs a NAME'],
    [`start ${'x'.repeat(201)}`, 'longer than 200'],
    [`start ${SECRET}`, 'looks like a secret'],
    ['start x --model=', '--model is empty'],
    ['start x --cache-read 1', 'session start takes no --cache-read'],
    ['stop', 'there is no "session stop"'],
    ['log', 'session log needs two numbers'],
    ['log 5', 'session log needs two numbers'],
    ['log five six', 'input_tokens is not a whole number'],
    ['log -5 6', 'input_tokens is negative'],
    [`log 5 6 ${SECRET}`, 'looks like a secret'],
    [`log 5 6 ${'x'.repeat(513)}`, 'longer than 512'],
    ['quick', 'one of chat, review, debug, code, plan, audit'],
    ['quick toString', 'session quick needs a kind of work'],
    ['status now', 'session status takes no now'],
    ['end --format html', 'session end takes no --format'],
  ])('refuses %j', async (words, message) => {
    const system = shop()
    await run('start x', shop())
    if (!words.startsWith('start')) await run('start x', system)
    await expect(run(words, system)).rejects.toThrow(UsageError)
    await expect(run(words, system)).rejects.toThrow(message)
    expect(records(system)).toEqual([])
  })
})

function refuse(): never {
  throw new NotSaved('the disk is full')
}
