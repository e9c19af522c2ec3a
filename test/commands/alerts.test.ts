import { describe, expect, it, test } from 'vitest'
import * as alerts from '../../src/commands/alerts.ts'
import { UsageError } from '../../src/commands/command.ts'
import type { DesktopOutcome } from '../../src/core/notice.ts'
import type { System } from '../../src/system/system.ts'
import { LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { call } from './calling.ts'

const COSTS = `${PROJECT}/.ai-costs`
const LOG = `${COSTS}/alerts.log`
const OVERRIDES = `${COSTS}/overrides.jsonl`

const entry = (day: number, message: string, more = {}): string =>
  `${JSON.stringify({ v: 1, id: `A${day}`, timestamp: `2025-12-${day}T10:00:00Z`, kind: 'threshold', message, ...more })}\n`

describe('alerts list', () => {
  const texts = {
    [`${LOG}.1`]: entry(10, 'the oldest'),
    [LOG]:
      entry(14, 'yesterday', {
        level: 'warning',
        spent_usd: 8.1,
        scope: { project: 'x' },
        prompt: 'secret',
      }) +
      'torn\n' +
      entry(15, 'today \u001b[31m', { silence: 'quiet' }) +
      entry(15, 'webhook answered 404', { kind: 'undelivered', channel: 'webhook' }),
  }

  it('prints them newest first, silent ones and those that did not arrive marked', async () => {
    const { stdout, exitCode } = await call(alerts, '', fakeSystem(texts))
    expect(stdout).toBe(
      [
        '2025-12-15T10:00:00Z  not delivered: webhook answered 404',
        '2025-12-15T10:00:00Z  (quiet) today \\x1b[31m',
        '2025-12-14T10:00:00Z  yesterday',
        '2025-12-10T10:00:00Z  the oldest',
        '',
      ].join('\n'),
    )
    expect(stdout).not.toMatch(ACTS_ON_A_TERMINAL)
    expect(exitCode).toBe(0)
  })

  test.each<[words: string, messages: readonly string[]]>([
    ['list --json --since 24h', ['webhook answered 404', 'today \\x1b[31m']],
    ['list --json --since 2025-12-14', ['webhook answered 404', 'today \\x1b[31m', 'yesterday']],
    ['list --json --now 2025-12-14T12:00:00Z', ['yesterday', 'the oldest']],
    ['list --json --since 1h', []],
  ])('%s', async (words, messages) => {
    const { stdout } = await call(alerts, words, fakeSystem(texts))
    const { schema, alerts: listed } = JSON.parse(stdout) as { schema: number; alerts: { message: string }[] }
    expect([schema, listed.map(({ message }) => message)]).toEqual([1, messages])
  })

  it('gives programs every field that we write, and no other', async () => {
    const { stdout } = await call(alerts, 'list --json', fakeSystem(texts))
    expect(stdout).not.toContain('secret')
    expect(JSON.parse(stdout)).toMatchObject({
      alerts: [{}, {}, { id: 'A14', level: 'warning', spent_usd: 8.1, scope: { project: 'x' } }, {}],
    })
  })

  it('says where it has looked when there is none', async () => {
    expect(await call(alerts, 'list', fakeSystem())).toMatchObject({
      stdout: '',
      stderr: `ai-costs: no alert is on record in ${LOG}\n`,
      exitCode: 0,
    })
  })
})

describe('alerts snooze', () => {
  it('puts on record until when, and off ends every one that holds', async () => {
    const system = fakeSystem({ [LEDGER]: `${usage({})}\n`, [LIMITS]: 'timezone: Europe/Berlin\n' })
    const { stdout } = await call(alerts, 'snooze 1h', system)
    expect(stdout).toBe('Alerts go on record and disturb nobody until 16:30 on Mon 15 Dec (Europe/Berlin).\n')
    await call(alerts, 'snooze 2d', system)
    expect((await call(alerts, 'snooze off', system)).stdout).toBe('Alerts disturb you again.\n')
    expect((await call(alerts, 'snooze off', system)).stdout).toBe('Alerts were not snoozed.\n')
    expect(system.texts.get(OVERRIDES)?.match(/"kind":"(snooze|end)"/g)).toHaveLength(4)
  })

  test.each(['snooze', 'snooze 32d', 'snooze soon', 'snooze 0m', 'snooze -1h'])(
    'refuses "%s"',
    async (words) => {
      const system = fakeSystem({ [LEDGER]: `${usage({})}\n` })
      await expect(call(alerts, words, system)).rejects.toThrow(UsageError)
      await expect(call(alerts, words, system)).rejects.toThrow('write it like 30m, 1h or 2d, or off')
      expect(system.texts.has(OVERRIDES)).toBe(false)
    },
  )
})

describe('alerts test', () => {
  const SECRET = 'https://hooks.slack.com/services/T/secret'

  function testing(outcome: DesktopOutcome, status: 'sent' | 'failed', texts = {}): System {
    const system = fakeSystem({ [LEDGER]: `${usage({})}\n`, ...texts })
    Object.assign(system.variables, { DISPLAY: ':0', AI_COSTS_WEBHOOK: SECRET })
    return {
      ...system,
      desktop: { ...system.desktop, show: () => Promise.resolve(outcome) },
      webhook: () =>
        Promise.resolve({ kind: status, answer: status === 'sent' ? 'answered 200' : 'answered 404' }),
    }
  }

  it('says of every way what came of it, and never shows where a webhook leads', async () => {
    const answer = await call(alerts, 'test', testing({ kind: 'shown' }, 'sent'))
    expect(answer).toEqual({
      stdout: [
        `log: written to ${LOG}`,
        'desktop notification shown',
        'webhook https://hooks.slack.com/… answered 200',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    })
  })

  it('exits 1 when one of them failed, and says what to do', async () => {
    const answer = await call(alerts, 'test', testing({ kind: 'missing' }, 'failed'))
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout).toContain('notify-send is not installed: install libnotify')
    expect(answer.stdout).toContain('https://hooks.slack.com/… answered 404: look at notifications.webhook')
    expect(answer.stdout).not.toContain('secret')
  })

  it.each<[what: string, limits: string, webhook: string, said: string, exitCode: number]>([
    ['of settings that are broken', 'budgets: {', '', 'until then the built-in settings hold', 1],
    ['of a webhook that is no address', '', 'nonsense', 'AI_COSTS_WEBHOOK is ignored', 0],
    [
      'of a webhook in a project',
      'notifications: { webhook: "https://x.example/" }',
      '',
      'a project may not set it',
      0,
    ],
  ])('says so %s', async (_what, limits, webhook, said, exitCode) => {
    const system = testing({ kind: 'shown' }, 'sent', { [LIMITS]: `${limits}\n` })
    Object.assign(system.environment.variables, { AI_COSTS_WEBHOOK: webhook })
    const answer = await call(alerts, 'test', system)
    expect(answer.stderr).toContain(said)
    expect(answer.exitCode).toBe(exitCode)
  })

  it('says what is not there to be tried', async () => {
    const system = fakeSystem()
    expect((await call(alerts, 'test', system)).stdout).toBe(
      [
        `log: nothing is recorded in /home/u/.ai-costs yet`,
        'desktop: this session has none',
        'webhook: none (notifications.webhook in your own settings, or AI_COSTS_WEBHOOK)',
        '',
      ].join('\n'),
    )
    expect(system.texts.size).toBe(0)
  })
})

test.each([
  ['lisst', 'there is no "alerts lisst"'],
  ['list now', 'alerts list takes no now'],
  ['test --since 1h', 'alerts test takes no --since'],
  ['snooze 1h --now 2025-12-15', 'alerts snooze takes no --now'],
  ['list --since yesterday', '--since is no span and no instant'],
])('"alerts %s" is refused: %s', async (words, message) => {
  await expect(call(alerts, words, fakeSystem())).rejects.toThrow(message)
})
