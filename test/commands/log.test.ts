import { beforeEach, describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as log from '../../src/commands/log.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
})

const run = (words: string): Promise<Answer> => call(log, words, system)

function lines(path = LEDGER): Record<string, unknown>[] {
  return (system.texts.get(path) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line))
}

async function logged(words: string): Promise<Record<string, unknown>> {
  await run(words)
  return lines().at(-1) ?? {}
}

describe('the worked examples cost what they must', () => {
  test.each([
    ['claude-sonnet-4', 'Logged: $0.11715 (claude-sonnet-4, 12000in/4500out)\n', 0.11715],
    ['claude-opus-4', 'Logged: $0.58575 (claude-opus-4, 12000in/4500out)\n', 0.58575],
  ])('%s', async (model, sentence, cost) => {
    expect(await run(`${model} 12000 4500 8000 3000`)).toEqual({ stdout: sentence, stderr: '', exitCode: 0 })
    expect(lines()).toMatchObject([{ cost_usd: cost, cost_source: 'table' }])
  })
})

describe('every label lands in the record', () => {
  test.each<[option: string, field: string, value: unknown]>([
    ['--project p', 'project', 'p'],
    ['--session s', 'session_id', 's'],
    ['--task-type bugfix', 'task_type', 'bugfix'],
    ['--tool codex', 'tool', 'codex'],
    ['--note a\0few\0words', 'note', 'a few words'],
    ['--task-id T-1', 'task_id', 'T-1'],
    ['--enhancement E-1', 'enhancement', 'E-1'],
    ['--project-code C-1', 'project_code', 'C-1'],
    ['--branch main', 'branch', 'main'],
    ['--machine m', 'machine', 'm'],
    ['--duration 12.5', 'duration_seconds', 12.5],
    ['--cost 0.25', 'cost_usd', 0.25],
    ['--timestamp 2025-12-01T08:00:00+02:00', 'timestamp', '2025-12-01T06:00:00Z'],
    ['--id mine', 'id', 'mine'],
  ])('%s', async (option, field, value) => {
    expect((await logged(`claude-sonnet-4 1 2 ${option}`))[field]).toBe(value)
  })

  it('of the task that an orchestrator works on too, unless the call says another one', async () => {
    system.variables['CMAT_CURRENT_TASK_ID'] = 'task-17'
    expect((await logged('claude-sonnet-4 1 2'))['task_id']).toBe('task-17')
    expect((await logged('claude-sonnet-4 1 2 --task-id T-1'))['task_id']).toBe('T-1')
  })

  it('and there is an option for each of them', async () => {
    expect(Object.keys(log.grammar.options).length).toBe(
      14 + '--correct --json --dir --config --now --no-cache'.split(' ').length,
    )
  })

  it('a cost that the tool reported is said to be its own', async () => {
    expect(await logged('claude-sonnet-4 1 2 --cost 0.25')).toMatchObject({ cost_source: 'tool' })
  })
})

describe('what was not said', () => {
  it('is the clock, the folder, an id and a session of its own', async () => {
    const record = await logged('claude-sonnet-4 1 2')
    expect(record).toMatchObject({
      v: 1,
      timestamp: '2025-12-15T14:30:00Z',
      project: 'shop',
      aggregate: true,
    })
    expect(record['id']).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(record['session_id']).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(record).not.toHaveProperty('tool')
    expect(record).not.toHaveProperty('task_type')
  })

  it('is the repository rather than the folder in it', async () => {
    system.texts.set('/home/u/.git', 'gitdir: elsewhere')
    expect(await logged('claude-sonnet-4 1 2')).toMatchObject({ project: 'u' })
  })

  it('is the instant of --now', async () => {
    expect(await logged('claude-sonnet-4 1 2 --now 2025-12-01')).toMatchObject({
      timestamp: '2025-12-01T00:00:00Z',
    })
  })
})

describe('where it is written', () => {
  it('begins a ledger in the folder when there is none', async () => {
    await run('claude-sonnet-4 1 2')
    expect(system.directories).toContain(`${PROJECT}/.ai-costs`)
    expect(lines()).toHaveLength(1)
  })

  it('is the nearest ledger above', async () => {
    system.texts.set('/home/u/.ai-costs/sessions.jsonl', '')
    await run('claude-sonnet-4 1 2')
    expect(lines('/home/u/.ai-costs/sessions.jsonl')).toHaveLength(1)
  })

  it("is not a project's directory that leads out of it, unless that is named", async () => {
    system.texts.set(LEDGER, '')
    system.links.add(`${PROJECT}/.ai-costs`)
    expect(await run('claude-sonnet-4 1 2')).toEqual({
      stdout: '',
      stderr: `ai-costs: ${PROJECT}/.ai-costs is a symbolic link, nothing was saved: name it with --dir if it leads where you want\n`,
      exitCode: 1,
    })
    expect(lines()).toHaveLength(0)
    await run(`claude-sonnet-4 1 2 --dir ${PROJECT}/.ai-costs`)
    system.variables['AI_COST_DIR'] = `${PROJECT}/.ai-costs`
    await run('claude-sonnet-4 1 2')
    expect(lines()).toHaveLength(2)
  })

  it("may be the user's own directory wherever it leads", async () => {
    system.texts.set('/home/u/.ai-costs/sessions.jsonl', '')
    system.links.add('/home/u/.ai-costs')
    await run('claude-sonnet-4 1 2')
    expect(lines('/home/u/.ai-costs/sessions.jsonl')).toHaveLength(1)
  })

  it('is where --dir says', async () => {
    await run('claude-sonnet-4 1 2 --dir /elsewhere')
    expect(lines('/elsewhere/sessions.jsonl')).toHaveLength(1)
  })
})

describe('what is refused names the slip and saves nothing', () => {
  test.each([
    ['claude-sonnet-4 -1 2', 'input_tokens is negative'],
    ['claude-sonnet-4 1.5 2', 'input_tokens is not a whole number'],
    ['claude-sonnet-4 12k 2', 'input_tokens is not a whole number'],
    ['claude-sonnet-4 1 2000000000000', 'output_tokens is beyond'],
    ['claude-sonnet-4 1 2 --cost $5', 'cost_usd is not a number of dollars'],
    ['claude-sonnet-4 1 2 --cost -5', 'cost_usd is negative'],
    ['claude-sonnet-4 1 2 --timestamp yesterday', '--timestamp is no instant'],
    ['claude-sonnet-4 1 2 --duration long', '--duration is no number of seconds'],
    ['claude-sonnet-4 1 2 --now today', '--now is no instant'],
    ['claude-sonnet-4 1 2 --note sk-ant-api03-0123456789', 'note looks like a secret key'],
    ['claude-sonnet-4 1 2 --session ghp_0123456789abcdef0123', 'sessionId looks like a secret key'],
    [`claude-sonnet-4 1 2 --note ${'x'.repeat(513)}`, 'note is longer than 512 characters'],
    ['claude-sonnet-4 1 2 --correct nobody', 'there is no record "nobody"'],
  ])('%s', async (words, message) => {
    await expect(run(words)).rejects.toThrow(UsageError)
    await expect(run(words)).rejects.toThrow(message)
    expect(system.texts.size).toBe(0)
  })

  it('a correction in a ledger that cannot be read', async () => {
    system.texts.set(LEDGER, UNREADABLE)
    expect(await run('claude-sonnet-4 1 2 --correct x')).toMatchObject({ stdout: '', exitCode: 1 })
    expect(system.texts.get(LEDGER)).toBe(UNREADABLE)
  })
})

describe('a model without a price', () => {
  it('is saved without a cost, with a remark on how to price it', async () => {
    const answer = await run('acme-1 100 20')
    expect(answer.stdout).toBe('Logged: unpriced (acme-1, 100in/20out)\n')
    expect(answer.stderr).toContain('acme-1 has no price yet')
    expect(answer.stderr).toContain('add to prices.yaml: prices: [{ model: "acme-1"')
    expect(answer.exitCode).toBe(0)
    expect(lines()[0]).not.toHaveProperty('cost_usd')
  })

  it('costs what prices.yaml says', async () => {
    system.texts.set(
      `${PROJECT}/.ai-config/prices.yaml`,
      'prices: [{ model: acme-1, input: 1.00, output: 4.00 }]',
    )
    expect(await run('acme-1 1000 500')).toMatchObject({
      stdout: 'Logged: $0.003 (acme-1, 1000in/500out)\n',
      stderr: '',
    })
  })

  it('cannot act on the terminal by its name', async () => {
    const answer = await run('\u001b[31mred\u202e 1 2')
    expect(answer.stdout + answer.stderr).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})

it('--json prints the very record that was written', async () => {
  const { stdout } = await run('claude-sonnet-4 12000 4500 8000 3000 --json --task-id T-1')
  expect(JSON.parse(stdout)).toEqual(lines()[0])
})

describe('broken settings', () => {
  it('cost no record: it is saved without a price, and prices itself once they are mended', async () => {
    system.texts.set(LIMITS, 'budgets: { daily: ten }')
    const answer = await run('claude-sonnet-4 12000 4500')
    expect(answer).toMatchObject({
      stdout: 'Logged: unpriced (claude-sonnet-4, 12000in/4500out)\n',
      exitCode: 0,
    })
    expect(answer.stderr).toContain(`${LIMITS}:1:`)
    expect(answer.stderr).toContain('saved without a price')
    expect(system.texts.get(LEDGER)).not.toContain('cost_usd')
  })

  it('stop a correction, whose labels come from the ledger', async () => {
    system.texts.set(LIMITS, 'budgets: { daily: ten }')
    const answer = await run('claude-sonnet-4 1 0 --correct a')
    expect(answer).toMatchObject({ stdout: '', exitCode: 1 })
    expect(answer.stderr).toContain('nothing was corrected')
    expect(system.texts.has(LEDGER)).toBe(false)
  })
})
