import { beforeEach, describe, expect, it } from 'vitest'
import { isObjectText } from '../../src/agents/json-object.ts'
import { UsageError } from '../../src/commands/command.ts'
import * as statusline from '../../src/commands/statusline.ts'
import { InputTooLarge } from '../../src/system/standard-input.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem({ [LEDGER]: `${usage({ cost_usd: 8.1 })}\n`, [LIMITS]: 'budgets: { daily: 10 }\n' })
})

/** Runs with what an agent says on standard input; without, nobody says anything. */
function run(words = '', input?: string): Promise<Answer> {
  const standardInput = { read: () => input ?? null }
  return call(statusline, words, { ...system, standardInput })
}

const EVENT = { session_id: 's1', cwd: PROJECT, model: { display_name: 'Opus 5' } }
const JSON_OF_AGENT = JSON.stringify(EVENT)

const PLAIN = 'today $8.10/$10 81% ▲ warning · session $8.10 · cache 0%\n'
const COLOURED =
  '\x1b[33mtoday $8.10/$10 81% ▲ warning\x1b[0m\x1b[2m · \x1b[0msession $8.10\x1b[2m · \x1b[0mcache 0%\n'

describe('colour', () => {
  it.each<[when: string, variables: Record<string, string>, input: string | undefined, stdout: string]>([
    ['an agent asks', {}, JSON_OF_AGENT, COLOURED],
    ['nobody asks', {}, undefined, PLAIN],
    ['something that is no agent asks', {}, 'hello', PLAIN],
    ['nobody asks, and it is forced', { FORCE_COLOR: '1' }, undefined, COLOURED],
    ['an agent asks, and it is forced off', { FORCE_COLOR: '0' }, JSON_OF_AGENT, PLAIN],
    ['an agent asks that wants none', { NO_COLOR: '1', FORCE_COLOR: '1' }, JSON_OF_AGENT, PLAIN],
    ['an agent asks in a dumb terminal', { TERM: 'dumb' }, JSON_OF_AGENT, PLAIN],
  ])('when %s (%j)', async (_, variables, input, stdout) => {
    Object.assign(system.variables, variables)
    expect(await run('', input)).toEqual({ stdout, stderr: '', exitCode: 0 })
  })
})

describe('the room', () => {
  it.each([
    ['30', 'today $8.10/$10 81% ▲ warning\n'],
    ['1000', PLAIN],
    ['0', PLAIN],
    ['-5', PLAIN],
    ['99999999', PLAIN],
    ['wide', PLAIN],
  ])('of COLUMNS=%s', async (columns, stdout) => {
    system.variables['COLUMNS'] = columns
    expect((await run()).stdout).toBe(stdout)
  })

  it('is filled with ASCII where the locale has nothing else', async () => {
    system.variables['LC_ALL'] = 'C'
    expect((await run()).stdout).toBe('today $8.10/$10 81% WARN | session $8.10 | cache 0%\n')
  })
})

describe('the ledger', () => {
  it('is that of the folder in which the agent works', async () => {
    system.texts.set('/home/u/other/.ai-costs/sessions.jsonl', `${usage({ cost_usd: 1 })}\n`)
    system.texts.set('/home/u/other/.ai-config/cost-limits.yaml', 'budgets: { daily: 4 }\n')
    expect((await run('--format plain', JSON.stringify({ ...EVENT, cwd: '/home/u/other' }))).stdout).toMatch(
      /^today \$1\.00\/\$4 25%/,
    )
    expect((await run('--format plain', JSON.stringify({ ...EVENT, cwd: '/gone' }))).stdout).toBe(PLAIN)
  })

  it('has beside it how many turns were stopped today', async () => {
    system.texts.set(`${PROJECT}/.ai-costs/stops.jsonl`, stop('14') + stop('15') + stop('16'))
    expect((await run('--template {stops}')).stdout).toBe('1\n')
    expect((await run()).stdout).toMatch(/ · 1 stopped turn · /)
  })

  it('that is not there is no data', async () => {
    system.texts.clear()
    expect(await run()).toEqual({ stdout: 'no data\n', stderr: '', exitCode: 0 })
  })
})

describe('trouble never fails, and leads to check', () => {
  const BROKEN = 'ai-costs: settings broken (ai-costs check says where)\n'
  const UNKNOWN = 'ai-costs: cannot tell (ai-costs check says why)\n'

  it('of the settings', async () => {
    system.texts.set(LIMITS, 'budgets: [')
    expect(await run()).toEqual({ stdout: BROKEN, stderr: '', exitCode: 0 })
    expect(JSON.parse((await run('--format json')).stdout)).toMatchObject({
      level: 'unknown',
      error: { file: LIMITS },
    })
  })

  it('of the ledger', async () => {
    system.texts.set(LEDGER, UNREADABLE)
    expect(await run()).toEqual({ stdout: UNKNOWN, stderr: '', exitCode: 0 })
  })

  it('of ours, which goes on record', async () => {
    const told: unknown[] = []
    const broken = {
      ...system,
      files: { ...system.files, look: fail },
      errors: (directory: string, error: unknown) => void told.push([directory, String(error)]),
    }
    expect(await call(statusline, '', broken)).toEqual({ stdout: UNKNOWN, stderr: '', exitCode: 0 })
    expect(told).toEqual([[`${PROJECT}/.ai-costs`, 'Error: the disk is gone']])
  })

  it('of the alerts, which goes on record', async () => {
    const told: unknown[] = []
    const broken = {
      ...system,
      alertLog: () => ({ path: `${PROJECT}/.ai-costs/alerts.log`, append: fail }),
      errors: (_directory: string, error: unknown) => void told.push(String(error)),
    }
    expect((await call(statusline, '', broken)).stdout).toBe(PLAIN)
    expect(told).toEqual([expect.stringContaining('alerts are not raised: the disk is gone')])
  })

  it('of an agent that never ends what it says', async () => {
    const standardInput = {
      read: () => {
        throw new InputTooLarge()
      },
    }
    expect((await call(statusline, '', { ...system, standardInput })).stdout).toBe(PLAIN)
  })
})

it('raises the alerts that are due, but as of now only', async () => {
  const log = `${PROJECT}/.ai-costs/alerts.log`
  await run('--now 2025-12-15T14:30:00Z')
  expect(system.texts.has(log)).toBe(false)
  await run()
  await run()
  expect(system.texts.get(log)?.trim().split('\n')).toHaveLength(1)
})

it.each([
  ['', 300, undefined],
  ['--format tmux', 0, undefined],
  // Whoever is called this way has something to read, and need not be impatient.
  ['--agent claude-code', 300, isObjectText],
])('`statusline %s` waits for what an agent says for at most %i ms', async (words, patience, isAll) => {
  const asked: unknown[] = []
  const read = (...limits: readonly unknown[]) => {
    asked.push(limits)
    return null
  }
  await call(statusline, words, { ...system, standardInput: { read } })
  expect(asked).toEqual([[1 << 20, patience, isAll]])
})

it.each([
  ['--template {tody}', /\{tody\}, which is no name: use \{today\}/],
  ['--template {today', /a \{ by itself/],
  ['--format json --template {today}', /leave one of them out/],
  [`--template ${'x'.repeat(5000)}`, /longer than 4096 characters/],
])('`statusline %.40s` is wrong usage', async (words, message) => {
  await expect(run(words)).rejects.toThrow(UsageError)
  await expect(run(words)).rejects.toThrow(message)
})

function stop(day: string): string {
  return `{"v":1,"id":"x${day}","timestamp":"2025-12-${day}T09:00:00Z","tool":"claude-code","kind":"rate_limit"}\n`
}

function fail(): never {
  throw new Error('the disk is gone')
}
