import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'

import { UsageError } from '../../src/commands/command.ts'
import * as importing from '../../src/commands/import.ts'
import * as task from '../../src/commands/task.ts'
import type { System } from '../../src/system/system.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { type AResponse, aResponse, responseLines } from '../kit/transcripts.ts'
import { type Answer, call } from './calling.ts'
import { SYSTEM } from './importing.ts'

let home = ''
let project = ''
let transcript = ''
beforeEach(() => {
  home = realpathSync(temporaryDirectory())
  project = join(home, 'app')
  mkdirSync(join(project, '.ai-costs'), { recursive: true })
  transcript = tell('abc123.jsonl', {}, { message: 'm2', request: 'r2' }, { message: 'm3', session: 's-2' })
})

function system(): System {
  const environment = {
    ...SYSTEM.environment,
    home,
    variables: {},
    platform: 'linux',
    workingDirectory: project,
    zone: () => 'UTC',
  }
  return {
    ...SYSTEM,
    environment,
    terminal: { ...SYSTEM.terminal, page: () => ({ columns: 100, ascii: false }) },
  }
}

const run = (words: string): Promise<Answer> => call(task, words, system())

/** A transcript of Claude Code; each response costs $0.01698 for 1,612 tokens, and what it read from the cache. */
function tell(name: string, ...responses: readonly Partial<AResponse>[]): string {
  const path = join(home, name)
  writeFileSync(path, `${responses.flatMap((one) => responseLines(aResponse(one), 2)).join('\n')}\n`)
  return path
}

const ledger = (): string => join(project, '.ai-costs/sessions.jsonl')
const lines = (): number => readFileSync(ledger(), 'utf8').trimEnd().split('\n').length

async function json(words: string): Promise<Record<string, unknown>> {
  const { stdout, exitCode } = await run(`${words} --json`)
  expect(exitCode).toBe(0)
  return JSON.parse(stdout) as Record<string, unknown>
}

/** The fields that queues of tasks keep. */
async function metadata(words: string): Promise<unknown> {
  return (await json(words))['metadata']
}

const OF_THREE = {
  cost_input_tokens: '30',
  cost_output_tokens: '1200',
  cost_cache_creation_tokens: '3600',
  cost_cache_read_tokens: '60000',
  cost_usd: '0.05094',
  cost_model: 'claude-sonnet-4-5-20250929',
  session_id: 's-2',
}

describe('task extract', () => {
  it('brings a transcript in, says what it cost, and a second time changes nothing', async () => {
    const first = await run(`extract task_17 ${transcript}`)
    expect(first.exitCode).toBe(0)
    expect(first.stdout).toBe(
      [
        'Cost for task task_17:',
        '  Model: claude-sonnet-4-5-20250929',
        '  Input Tokens:             30',
        '  Output Tokens:         1,200',
        '  Cache Creation:        3,600',
        '  Cache Read:           60,000',
        '  Total Cost:          $0.0509',
        '',
      ].join('\n'),
    )
    expect(first.stderr).toBe('3 responses: 3 new, 0 labelled anew\n')
    const before = readFileSync(ledger())
    const again = await run(`extract task_17 ${transcript}`)
    expect(again).toEqual({ ...first, stderr: '3 responses: 0 new, 0 labelled anew\n' })
    expect(readFileSync(ledger())).toEqual(before)
    expect(await metadata('show task_17')).toEqual(OF_THREE)
  })

  it('takes one session of a transcript, and leaves the others to the next import', async () => {
    await run(`extract t ${transcript} s-2`)
    expect(lines()).toBe(1)
    expect(await json('show t')).toMatchObject({ sessions: ['s-2'], records: 1 })
    await call(importing, `${transcript} --all`, system())
    expect(lines()).toBe(3)
    expect(await json('show t')).toMatchObject({ sessions: ['s-2'], records: 1 })
  })

  it('labels what was imported before any task was named, and moves what belonged to another', async () => {
    await call(importing, `${transcript} --all`, system())
    expect((await run(`extract a ${transcript}`)).stderr).toContain('0 new, 3 labelled anew')
    expect(await metadata('show a')).toEqual(OF_THREE)
    expect((await run(`extract b ${transcript} s-2`)).stderr).toContain('0 new, 1 labelled anew')
    expect(await json('show a')).toMatchObject({ records: 2, cost_usd: 0.03396 })
    expect(await json('show b')).toMatchObject({ records: 1, cost_usd: 0.01698 })
    await run(`extract a ${transcript}`)
    expect(await metadata('show a')).toEqual(OF_THREE)
    expect((await run('show b')).exitCode).toBe(1)
  })

  it('goes on with a transcript that has grown', async () => {
    await run(`extract t ${transcript}`)
    tell(
      'abc123.jsonl',
      {},
      { message: 'm2', request: 'r2' },
      { message: 'm3', session: 's-2' },
      { message: 'm4' },
    )
    expect((await run(`extract t ${transcript}`)).stderr).toBe('4 responses: 1 new, 0 labelled anew\n')
  })

  test.each([
    ['nope', 'tells of no usage of session nope, nothing was extracted'],
    ['S-1', 'tells of no usage of session S-1'],
  ])('of session %s says that there is none, and saves nothing', async (session, message) => {
    const { stdout, stderr, exitCode } = await run(`extract t ${transcript} ${session}`)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toContain(message)
    expect(existsSync(ledger())).toBe(false)
  })

  test.each([
    ['extract t', 'write it like ai-costs task extract TASK TRANSCRIPT [SESSION]'],
    ['extract t a b c', 'write it like ai-costs task extract'],
    ['extract t gone.jsonl', 'there is no transcript "gone.jsonl": name a file'],
    ['extract t claude-code', 'there is no transcript "claude-code"'],
    ['extract t -', 'there is no transcript "-"'],
    ['extract t app', 'there is no transcript below'],
    [`extract ${'t'.repeat(513)} x`, 'longer than 512'],
    ['extract sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789 x', 'looks like a secret key'],
    ['extract t x --now 2025-12-15T10:00:00Z', 'task extract takes no --now'],
    ['show', 'write it like ai-costs task show TASK'],
    ['enhancement', 'write it like ai-costs task enhancement NAME'],
    ['list x', 'write it like ai-costs task list'],
    ['list --enhancement=', '--enhancement is empty'],
    ['toString', 'there is no "task toString"'],
    ['show t --format csv', 'task show takes no --format'],
  ])('%s is refused', async (words, message) => {
    mkdirSync(join(project, 'app'))
    await expect(run(words)).rejects.toThrow(UsageError)
    await expect(run(words)).rejects.toThrow(message)
    expect(existsSync(ledger())).toBe(false)
  })

  it('writes into no ledger that a project leads elsewhere by a link', async () => {
    const other = join(home, 'other')
    mkdirSync(join(other, 'real'), { recursive: true })
    symlinkSync(join(other, 'real'), join(other, '.ai-costs'))
    project = other
    const { stderr, exitCode } = await run(`extract t ${transcript}`)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('is a symbolic link')
    expect(existsSync(join(other, 'real', 'sessions.jsonl'))).toBe(false)
  })
})

describe('an enhancement', () => {
  it('is the sum of its tasks, beside its budgets', async () => {
    mkdirSync(join(project, '.ai-config'))
    writeFileSync(
      join(project, '.ai-config/cost-limits.yaml'),
      'budgets: { daily: 9, scoped: [{ enhancement: "log*", monthly: 0.04 }, { enhancement: x, daily: 1 }] }\ntimezone: UTC\n',
    )
    await run(`extract a ${transcript} s-1 --enhancement login`)
    await run(`extract b ${transcript} s-2 --enhancement login`)
    const now = '--now 2025-12-20T00:00:00Z'
    expect((await run(`enhancement login ${now}`)).stdout).toBe(
      [
        "Cost for enhancement 'login':",
        '  Tasks:                     2',
        '  Input Tokens:             30',
        '  Output Tokens:         1,200',
        '  Cache Creation:        3,600',
        '  Cache Read:           60,000',
        '  Total Cost:          $0.0509',
        '  Budget enhancement=log*/monthly: $0.0509 of $0.04, 127%, exceeded',
        '',
      ].join('\n'),
    )
    expect(await json(`enhancement login ${now}`)).toMatchObject({
      enhancement: 'login',
      cost_usd: 0.05094,
      tasks: [{ task: 'a', metadata: { cost_usd: '0.03396' } }, { task: 'b' }],
      budgets: [{ id: 'enhancement=log*/monthly', limit_usd: 0.04, level: 'critical', exceeded: true }],
    })
    expect((await run('enhancement logout')).stdout).toContain('  Tasks:                     0\n')
    expect((await run('enhancement other')).exitCode).toBe(1)
  })
})

it('keeps a task in its enhancement, whoever extracts more of it', async () => {
  await run(`extract t ${transcript} s-1 --enhancement login`)
  expect((await run(`extract t ${transcript}`)).stderr).toBe('3 responses: 1 new, 0 labelled anew\n')
  expect(await json('enhancement login')).toMatchObject({ cost_usd: 0.05094, tasks: [{ records: 3 }] })
  await run(`extract t ${transcript} --enhancement logout`)
  expect((await run('enhancement login')).exitCode).toBe(1)
  expect(await json('enhancement logout')).toMatchObject({ cost_usd: 0.05094 })
})

describe('task list', () => {
  it('tells every task, most spend first, in any format', async () => {
    await run(`extract small ${transcript} s-2`)
    await run(`extract large ${transcript} s-1 --enhancement login`)
    const { tasks } = (await json('list')) as { tasks: object[] }
    expect(tasks).toMatchObject([
      { task: 'large', enhancement: 'login', cost_usd: 0.03396, records: 2 },
      { task: 'small', cost_usd: 0.01698, records: 1 },
    ])
    const { tasks: login } = (await json('list --enhancement login')) as { tasks: object[] }
    expect(login).toHaveLength(1)
    expect((await run('list --format csv')).stdout).toContain('large,login,')
    expect((await run('--format markdown')).stdout).toContain('| `large` | `login` |')
  })

  it('acts on no terminal, whatever tasks are called', async () => {
    await run(`extract \u001b[31m=1+1\u202e ${transcript} --enhancement \u001b]0;x\u0007`)
    const answers = [
      await run('list'),
      await run('list --format csv'),
      await run('show \u001b[31m=1+1\u202e'),
      await run('enhancement \u001b]0;x\u0007'),
      await run('show \u001b[0m'),
    ]
    expect(answers.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toMatch(ACTS_ON_A_TERMINAL)
    expect(answers[1]?.stdout).not.toMatch(/^=/m)
  })
})
