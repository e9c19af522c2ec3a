import { describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as check from '../../src/commands/check.ts'
import * as config from '../../src/commands/config.ts'
import * as demo from '../../src/commands/demo.ts'
import * as status from '../../src/commands/status.ts'
import * as watch from '../../src/commands/watch.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import { LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { call } from './calling.ts'

const spend = (id: string, cost: number, more = {}): string =>
  `${usage({ v: 1, id, cost_usd: cost, ...more })}\n`

/** A system whose settings file is there and cannot be read. */
function withUnreadableSettings() {
  const system = fakeSystem({ [LIMITS]: '', [LEDGER]: spend('a', 1) })
  return { ...system, files: { ...system.files, readText: refuseLimits } }
}

function refuseLimits(path: string): string | undefined {
  if (path === LIMITS) throw new Unreadable(path, 'is not a regular file', 'put a plain file there')
  return undefined
}

describe('check and status answer alike', () => {
  test.each<[why: string, texts: Readonly<Record<string, string>>, exitCode: number]>([
    ['without ledger and settings', {}, 0],
    ['below every limit', { [LEDGER]: spend('a', 1) }, 0],
    ['at a warning', { [LEDGER]: spend('a', 8.5, { session_id: undefined }) }, 1],
    ['when critical', { [LEDGER]: spend('a', 9.7) }, 2],
    ['with settings that name no budget', { [LEDGER]: spend('a', 99), [LIMITS]: '# nothing\n' }, 0],
    ['with broken settings', { [LEDGER]: spend('a', 99), [LIMITS]: 'budgets: { daily: -1 }' }, 3],
    ['with a ledger that cannot be read', { [LEDGER]: UNREADABLE }, 3],
    ['with an unpriced record', { [LEDGER]: `${usage({ model: 'acme' })}\n` }, 1],
    [
      'with a broken router, which has no say in it',
      { [LEDGER]: spend('a', 1), [`${PROJECT}/.ai-config/model-router.yaml`]: 'rules: 5' },
      0,
    ],
  ])('%s', async (_, texts, exitCode) => {
    const [judged, shown, json] = await Promise.all([
      call(check, '', fakeSystem(texts)),
      call(status, '', fakeSystem(texts)),
      call(status, '--json', fakeSystem(texts)),
    ])
    expect([judged.exitCode, shown.exitCode, json.exitCode]).toEqual([exitCode, exitCode, exitCode])
    expect(shown.stderr).toBe(judged.stderr)
    expect(JSON.parse(json.stdout)).toEqual(
      JSON.parse((await call(check, '--json', fakeSystem(texts))).stdout),
    )
  })
})

describe('check', () => {
  it('evaluates as of --now and leaves later records out', async () => {
    const system = fakeSystem({
      [LEDGER]: spend('a', 1) + spend('b', 9, { timestamp: '2025-12-15T12:00:00Z' }),
    })
    const { stdout } = await call(check, '--json --now 2025-12-15T11:00:00Z', system)
    expect(JSON.parse(stdout)).toMatchObject({
      as_of: '2025-12-15T11:00:00Z',
      budgets: [{ spent_usd: 1 }, {}, {}, {}],
    })
  })

  it('does not take a misspelt budget for "nothing is over"', async () => {
    const system = fakeSystem({ [LEDGER]: spend('a', 99) })
    const { stderr, exitCode } = await call(check, '--budget dialy', system)
    expect(exitCode).toBe(3)
    expect(stderr).toBe(
      'ai-costs: there is no budget "dialy" — use one of daily, weekly, monthly, per_session\n',
    )
  })

  it('names the file, line and fix of broken settings', async () => {
    const { stdout, stderr, exitCode } = await call(
      check,
      '',
      fakeSystem({ [LIMITS]: 'budgets:\n  daily: ten\n' }),
    )
    expect({ stdout, exitCode }).toEqual({ stdout: 'UNKNOWN budgets cannot be judged\n', exitCode: 3 })
    expect(stderr).toMatch(new RegExp(`^ai-costs: ${LIMITS}:2:\\d+: .*ten.* — .*\n$`))
  })

  it('cannot tell from settings that cannot be read', async () => {
    expect(await call(check, '', withUnreadableSettings())).toMatchObject({
      exitCode: 3,
      stderr: `ai-costs: ${LIMITS}: is not a regular file — put a plain file there\n`,
    })
  })

  it('tells of an unfinished last line, and counts all the others', async () => {
    const system = fakeSystem({ [LEDGER]: `${spend('a', 1)}{"v":1,` })
    const { stdout, stderr, exitCode } = await call(check, '', system)
    expect(stdout).toMatch(/^OK /)
    expect(stderr).toContain('sessions.jsonl ends with an incomplete line (7 bytes)')
    expect(exitCode).toBe(0)
  })

  it('refuses an instant that is none', async () => {
    await expect(call(check, '--now noon', fakeSystem())).rejects.toThrow(UsageError)
  })

  test.each(['--dir=', '--config='])(
    'refuses an empty %s, as an unset variable leaves it',
    async (option) => {
      await expect(call(check, option, fakeSystem())).rejects.toThrow(UsageError)
    },
  )
})

describe('status', () => {
  it('prints the numbers of the pane', async () => {
    const { stdout } = await call(status, '', fakeSystem({ [LEDGER]: spend('a', 8.5) }))
    for (const word of ['shop', 'UTC', 'daily', '$8.50', 'WARNING', 'claude-sonnet-4', 's1']) {
      expect(stdout.toUpperCase()).toContain(word.toUpperCase())
    }
  })

  it('is what watch prints without a terminal, which never fails', async () => {
    const texts = { [LEDGER]: spend('a', 9.7) }
    const shown = await call(status, '', fakeSystem(texts))
    expect(await call(watch, '', fakeSystem(texts))).toEqual({ ...shown, exitCode: 0 })
  })
})

describe('demo without a terminal', () => {
  it('prints the day when it is over, because there is nobody to watch it', async () => {
    const { stdout } = await call(demo, '', fakeSystem())
    expect(stdout).toMatch(/^ai-costs .* 18:00 /)
    expect(stdout).toMatch(/Daily .*\$[1-9]/)
  })

  it('prints a simulated day, says that it is one, and leaves nothing behind', async () => {
    const system = fakeSystem({ [LEDGER]: spend('a', 1) })
    const { stdout, stderr, exitCode } = await call(demo, '--now 2025-12-15T16:00:00Z', system)
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^ai-costs: demo: a simulated day/)
    expect(stdout).toMatch(/Daily .*\$[1-9]/)
    expect([...system.texts.keys()]).toEqual([LEDGER])
  })
})

describe('config', () => {
  it('shows each setting with its value and where it came from', async () => {
    const system = fakeSystem({
      [LIMITS]:
        'budgets:\n  daily: 12.5\n  scoped: [{ name: opus, model: "claude-opus-*", daily: 4 }]\ntimezone: Europe/Berlin\n',
    })
    const { stdout, stderr, exitCode } = await call(config, '', system)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const row = (key: string): string => stdout.split('\n').find((line) => line.startsWith(key)) ?? ''
    expect(row('budgets.daily')).toMatch(new RegExp(`\\$12\\.50 +${LIMITS}:2$`))
    expect(row('budgets.opus/daily')).toMatch(/\$4\.00 for model=claude-opus-\* +.*:3$/)
    expect(row('timezone')).toMatch(/Europe\/Berlin +.*:4$/)
    expect(row('alerts.threshold_warning')).toMatch(/0\.8 +built in$/)
    expect(row('ledger')).toContain('/.ai-costs/sessions.jsonl')
    expect(stdout).toContain(`${PROJECT}/.ai-config (project)`)
  })

  it('is the same as JSON', async () => {
    const { stdout } = await call(config, '--json', fakeSystem({ [LIMITS]: 'budgets: { daily: 12.5 }\n' }))
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      files: [LIMITS],
      settings: {
        'budgets.daily': { value: '$12.50', origin: `${LIMITS}:1` },
        timezone: { value: 'UTC', origin: 'built in' },
      },
      problems: [],
      notices: [],
    })
  })

  it('says that nothing was found and the built-in limits hold', async () => {
    const { stdout } = await call(config, '', fakeSystem())
    expect(stdout).toContain('none: the built-in limits hold')
    expect(stdout).toMatch(/budgets\.daily +\$10\.00 +built in/)
  })

  test.each(['', '--json'])('%s never prints the path of a webhook, which is its password', async (words) => {
    const system = fakeSystem({
      '/home/u/.config/ai-costs/cost-limits.yaml':
        'notifications: { webhook: "https://hooks.example/T0/secret" }',
    })
    const { stdout, stderr } = await call(config, words, system)
    expect(stdout).toContain('https://hooks.example/…')
    expect(stdout + stderr).not.toContain('secret')
  })

  it('shows the offending line with a caret, and exits with 3', async () => {
    const { stdout, stderr, exitCode } = await call(
      config,
      '',
      fakeSystem({ [LIMITS]: 'budgets:\n  daily: ten\n' }),
    )
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(/:2:10: .*\n {2}daily: ten\n {9}\^\n$/)
    expect(stdout).toMatch(/cost-limits\.yaml +broken/)
  })

  it('tells of an unknown key without failing', async () => {
    const { stderr, exitCode } = await call(config, '', fakeSystem({ [LIMITS]: 'budgets: { dialy: 10 }\n' }))
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/note: .*dialy.*daily/)
  })

  it('cannot tell from a file that cannot be read', async () => {
    expect(await call(config, '', withUnreadableSettings())).toMatchObject({ exitCode: 3, stdout: '' })
    const { stdout, exitCode } = await call(config, '--json', withUnreadableSettings())
    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ file: LIMITS, fix: 'put a plain file there' }] })
  })

  it('prints hostile text as plain characters', async () => {
    const { stdout, stderr } = await call(
      config,
      '',
      fakeSystem({ [LIMITS]: 'budgets: { "\\e[31m\\u202e": 1 }\nx\u202e: 1' }),
    )
    expect(stdout + stderr).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})
