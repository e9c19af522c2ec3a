import { describe, expect, it, test } from 'vitest'
import * as allow from '../../src/commands/allow.ts'
import * as check from '../../src/commands/check.ts'
import { UsageError } from '../../src/commands/command.ts'
import * as raise from '../../src/commands/raise.ts'
import * as route from '../../src/commands/route.ts'
import * as status from '../../src/commands/status.ts'
import { Unreadable } from '../../src/system/file-system.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import type { System } from '../../src/system/system.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { call } from './calling.ts'

const OVERRIDES = `${PROJECT}/.ai-costs/overrides.jsonl`
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const spend = (id: string, cost: number, more = {}): string =>
  `${usage({ v: 1, id, cost_usd: cost, ...more })}\n`

/** A shop in Berlin that has spent $9.70 of its $10.00. */
function shop(texts: Readonly<Record<string, string>> = {}): FakeSystem {
  return fakeSystem({
    [LEDGER]: spend('a', 9.7),
    [LIMITS]: 'budgets: { daily: 10, weekly: 50, monthly: 200 }\ntimezone: Europe/Berlin\n',
    ...texts,
  })
}

/** The lines on record, without their ids. */
function recorded(system: FakeSystem): unknown[] {
  const lines = (system.texts.get(OVERRIDES) ?? '').split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const { id: _, v: __, ...rest } = JSON.parse(line) as Record<string, unknown>
    return rest
  })
}

/** A shop where something else lies in the place of the overrides. */
function withPipe(): System {
  const system = shop()
  return {
    ...system,
    files: {
      ...system.files,
      readEnd(path, mostBytes) {
        if (path === OVERRIDES) throw new Unreadable(path, 'is not a regular file', 'put a plain file there')
        return system.files.readEnd(path, mostBytes)
      },
    },
  }
}

const hostileLine = (rest: object): string =>
  JSON.stringify({
    v: 1,
    id: '\u001b[31m',
    timestamp: '2025-12-15T14:00:00Z',
    until: '2025-12-15T20:00:00Z',
    ...rest,
  })

async function daily(system: System, words = ''): Promise<unknown> {
  const { stdout, exitCode } = await call(check, `--json --budget daily ${words}`, system)
  const { budgets } = JSON.parse(stdout) as { budgets: { limit_usd: number; raised_usd?: number }[] }
  return [budgets[0]?.limit_usd, budgets[0]?.raised_usd, exitCode]
}

describe('raise', () => {
  it('puts a higher limit on record, until the period is over, and says how to end it', async () => {
    const system = shop()
    const { stdout, stderr, exitCode } = await call(raise, 'daily +5 --why the\0release', system)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toMatch(
      /^Raised daily from \$10\.00 to \$15\.00 until 00:00 on Tue 16 Dec \(Europe\/Berlin\)\nend it sooner with: ai-costs raise end \w{26}\n$/,
    )
    expect(recorded(system)).toEqual([
      {
        timestamp: '2025-12-15T14:30:00Z',
        kind: 'raise',
        budget: 'daily',
        by_usd: 5,
        until: '2025-12-15T23:00:00Z',
        why: 'the release',
      },
    ])
  })

  it('is what every judgement stands on, until it is over', async () => {
    const system = shop()
    expect(await daily(system)).toEqual([10, undefined, 2])
    await call(raise, 'daily +5', system)
    expect(await daily(system)).toEqual([15, 5, 0])
    expect(await daily(system, '--strict')).toEqual([15, 5, 0])
    system.now += 8.5 * HOUR - 1
    expect(await daily(system)).toEqual([15, 5, 0])
    system.now += 1
    expect((await daily(system)) as unknown[]).toMatchObject([10, undefined, 0])
  })

  it('is said where limits are shown, with its reason', async () => {
    const system = shop()
    await call(raise, 'daily +5 --why the\0release', system)
    expect((await call(check, '', system)).stdout).toContain(
      '\n  daily raised by $5.00 until 2025-12-15T23:00Z (the release)\n',
    )
    expect((await call(check, '--budget weekly', system)).stdout).not.toContain('raised')
    expect((await call(status, '', system)).stdout).toMatch(/^Raised +daily by \$5\.00, 8h30m left$/m)
    const { budgets } = JSON.parse((await call(check, '--json', system)).stdout) as { budgets: object[] }
    expect(budgets[0]).toMatchObject({ raised_usd: 5, raised_until: '2025-12-15T23:00:00Z' })
    expect(budgets[1]).not.toHaveProperty('raised_usd')
  })

  it('takes pressure from the router', async () => {
    const system = shop({
      [`${PROJECT}/.ai-config/model-router.yaml`]:
        'default: claude-opus-5\ndowngrade: { steps: [{ at: 0.8, model: claude-haiku-4-5 }] }\n',
    })
    expect((await call(route, '--prompt x', system)).stdout).toBe('claude-haiku-4-5\n')
    await call(raise, 'daily +5', system)
    expect((await call(route, '--prompt x', system)).stdout).toBe('claude-opus-5\n')
  })

  it('adds to another, and says what holds then', async () => {
    const system = shop()
    await call(raise, 'daily +5', system)
    system.now += MINUTE
    expect((await call(raise, 'daily +2.50 --during 1h', system)).stdout).toContain('from $15.00 to $17.50')
    expect(await daily(system)).toEqual([17.5, 7.5, 0])
    system.now += HOUR
    expect(await daily(system)).toEqual([15, 5, 0])
  })

  test.each<[words: string, until: string]>([
    ['daily +5', '2025-12-15T23:00:00Z'],
    ['weekly +5', '2025-12-21T23:00:00Z'],
    ['monthly +5', '2025-12-31T23:00:00Z'],
    ['per_session +5', '2025-12-15T23:00:00Z'],
    ['weekly +5 --until tonight', '2025-12-15T23:00:00Z'],
    ['daily +5 --until 18:00', '2025-12-15T17:00:00Z'],
    ['daily +5 --until 2025-12-17T00:00:00Z', '2025-12-17T00:00:00Z'],
    ['daily +5 --during 2h', '2025-12-15T16:30:00Z'],
    ['daily +5 --during 31d', '2026-01-15T14:30:00Z'],
  ])('%s lasts until %s', async (words, until) => {
    const system = shop({
      [LIMITS]: 'budgets: { daily: 10, weekly: 50, monthly: 200, per_session: 2 }\ntimezone: Europe/Berlin\n',
    })
    await call(raise, words, system)
    expect(recorded(system)).toMatchObject([{ until }])
  })

  test.each<[words: string, message: string]>([
    ['', 'ai-costs raise daily +5'],
    ['daily', 'AMOUNT is missing: write it like ai-costs raise daily +5'],
    ['daily 5', '"5" is no amount to add: write it like ai-costs raise daily +5'],
    ['daily -5', '"-5" is no amount to add'],
    ['daily +0', '"+0" is no amount to add'],
    ['daily +0.0000001', 'is no amount to add'],
    ['daily +1e3', 'is no amount to add'],
    ['daily +', 'is no amount to add'],
    ['daily +99999999999', 'is no amount to add'],
    ['dialy +5', 'there is no budget "dialy": did you mean daily?'],
    ['yearly +5', 'there is no budget "yearly": use one of daily, weekly, monthly'],
    ['daily +5 --during 2h --until tonight', 'use one of them'],
    ['daily +5 --during 32d', '--during is no span of time up to 31 days'],
    ['daily +5 --until yesterday', '--until is no instant'],
    ['daily +5 --until 2025-12-15T14:30:00Z', '--until is over already'],
    ['daily +5 --until 2026-02-01T00:00:00Z', '--until is more than 31 days away'],
    ['daily +5 --why sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789', '--why looks like a secret key'],
    ['daily +5 --now 2025-12-15T10:00:00Z', 'raise takes no --now: leave it out'],
    ['list daily', 'raise list takes no daily'],
    ['end 01KAAA', 'there is no active raise "01KAAA": see ai-costs raise list'],
    ['end --during 2h', 'raise end takes no --during'],
  ])('refuses %j, and writes nothing', async (words, message) => {
    const system = shop()
    await expect(call(raise, words, system)).rejects.toThrow(UsageError)
    await expect(call(raise, words, system)).rejects.toThrow(message)
    expect(system.texts.has(OVERRIDES)).toBe(false)
  })

  it('is not possible where the limit is not known, and says what to mend', async () => {
    const system = shop({ [LIMITS]: 'budgets: { daily: -1 }' })
    const { stdout, stderr, exitCode } = await call(raise, 'daily +5', system)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
    expect(stderr).toContain('nothing was raised: mend that first')
  })

  it('is listed with what became of it, also as of an earlier instant', async () => {
    const system = shop()
    const { stdout } = await call(raise, 'daily +5 --why release --json', system)
    const { id } = JSON.parse(stdout) as { id: string }
    system.now += MINUTE
    await call(raise, 'weekly +1 --during 5m', system)
    system.now += 6 * MINUTE
    const list = await call(raise, 'list', system)
    expect(list.stdout).toMatch(
      /weekly \+\$1\.00 until 2025-12-15T14:36:00Z, over\n.*daily \+\$5\.00 .*, active\n {2}release\n$/,
    )
    await call(raise, `end ${id}`, system)
    const now = JSON.parse((await call(raise, 'list --json', system)).stdout) as { raises: object[] }
    expect(now.raises).toMatchObject([{ state: 'over' }, { id, by_usd: 5, state: 'ended' }])
    const then = await call(raise, 'list --json --now 2025-12-15T14:30:30Z', system)
    expect(JSON.parse(then.stdout)).toMatchObject({ schema: 1, raises: [{ id, state: 'active' }] })
  })

  test.each(['end', 'end daily'])('%s makes the limit what it was', async (words) => {
    const system = shop()
    await call(raise, 'daily +5', system)
    system.now += MINUTE
    expect((await call(raise, words, system)).stdout).toMatch(/^Ended: raise daily \+\$5\.00 \(\w{26}\)\n$/)
    expect(await daily(system)).toEqual([10, undefined, 2])
    // As of the minute before it still held.
    expect(await daily(system, '--now 2025-12-15T14:30:30Z')).toEqual([15, 5, 0])
    expect(await call(raise, 'end', system)).toMatchObject({ stdout: '', exitCode: 0 })
  })
})

describe('allow', () => {
  it('lets every session pass for half an hour', async () => {
    const system = shop()
    const { stdout } = await call(allow, '', system)
    expect(stdout).toMatch(
      /^Allowed: hooks block nothing until 16:00 on Mon 15 Dec \(Europe\/Berlin\)\nend it sooner with: ai-costs allow end \w{26}\n$/,
    )
    expect(recorded(system)).toEqual([
      { timestamp: '2025-12-15T14:30:00Z', kind: 'allow', until: '2025-12-15T15:00:00Z' },
    ])
  })

  it('changes no level, and is said beside it', async () => {
    const system = shop()
    await call(allow, '--session s1 --during 2h --why a\0demo', system)
    const { stdout, exitCode } = await call(check, '', system)
    expect(exitCode).toBe(2)
    expect(stdout).toContain('\n  hooks block nothing in session s1 until 2025-12-15T16:30Z (a demo)\n')
    expect((await call(status, '', system)).stdout).toMatch(/^Allowed +s1 passes hooks, 2h left$/m)
  })

  test.each<[typed: string, session: string]>([
    ['aaaaaaaa-1111', 'aaaaaaaa-1111-4000-8000-000000000000'],
    ['aaaaaaaa-1111-4000-8000-000000000000', 'aaaaaaaa-1111-4000-8000-000000000000'],
    ['a-session-that-begins-now', 'a-session-that-begins-now'],
  ])('means by --session %s the session %s', async (typed, session) => {
    const system = shop({
      [LEDGER]:
        spend('a', 1, { session_id: 'aaaaaaaa-1111-4000-8000-000000000000' }) +
        spend('b', 1, { session_id: 'aaaaaaaa-2222-4000-8000-000000000000' }),
    })
    await call(allow, `--session ${typed}`, system)
    expect(recorded(system)).toMatchObject([{ session_id: session }])
    await expect(call(allow, '--session aaaaaaaa-', system)).rejects.toThrow('write more of it')
  })

  test.each([
    ['broken settings', { [LIMITS]: 'budgets: { daily: -1 }' }],
    ['a ledger that cannot be read', { [LEDGER]: UNREADABLE }],
    ['no ledger', { [LEDGER]: '' }],
  ])('works with %s: whoever is blocked must get on', async (_, texts) => {
    const system = shop(texts)
    expect(await call(allow, '--during 5m', system)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(recorded(system)).toMatchObject([{ until: '2025-12-15T14:35:00Z' }])
  })

  test.each<[words: string, message: string]>([
    ['everything', 'there is no "allow everything"'],
    ['--session=', '--session is empty'],
    [`--session ${'s'.repeat(600)}`, '--session is longer than 512 characters'],
    ['list --why x', 'allow list takes no --why'],
    ['--now 2025-12-15T10:00:00Z', 'allow takes no --now'],
  ])('refuses %.40s', async (words, message) => {
    await expect(call(allow, words, shop())).rejects.toThrow(message)
  })

  it('ends by its session, its id, or with all others', async () => {
    const system = shop()
    for (const session of ['s1', 's2', 's3']) {
      // One after the other, as they are typed.
      // oxlint-disable-next-line no-await-in-loop
      await call(allow, `--session ${session}`, system)
      system.now += MINUTE
    }
    expect((await call(allow, 'end s2', system)).stdout).toMatch(/^Ended: allow session s2 /)
    expect((await call(allow, 'end', system)).stdout.match(/session s\d/g)).toEqual([
      'session s1',
      'session s3',
    ])
    const { stdout } = await call(allow, 'list --json', system)
    expect(JSON.parse(stdout)).toMatchObject({
      allows: [{ state: 'ended' }, { state: 'ended' }, { state: 'ended' }],
    })
  })
})

describe('an override that cannot be saved', () => {
  test.each([
    [raise, 'daily +5'],
    [allow, ''],
  ] as const)('says so and exits with 1', async (command, words) => {
    const system = shop()
    const full: System = {
      ...system,
      ledger: {
        ...system.ledger,
        append: () => {
          throw new NotSaved(`${OVERRIDES}: the disk is full`)
        },
      },
    }
    expect(await call(command, words, full)).toEqual({
      stdout: '',
      stderr: `ai-costs: ${OVERRIDES}: the disk is full\n`,
      exitCode: 1,
    })
  })

  it('is one in a linked directory of a project, unless it is named', async () => {
    const system = shop()
    system.links.add(`${PROJECT}/.ai-costs`)
    const { stderr, exitCode } = await call(raise, 'daily +5', system)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('is a symbolic link, nothing was saved')
    expect(system.texts.has(OVERRIDES)).toBe(false)
    expect(await call(raise, `daily +5 --dir ${PROJECT}/.ai-costs`, system)).toMatchObject({ exitCode: 0 })
  })
})

describe('overrides that cannot be read', () => {
  it('hold for nobody, stop no judgement, and are a finding', async () => {
    const { stdout, stderr, exitCode } = await call(check, '', withPipe())
    expect(stdout).toMatch(/daily +\$9\.70 \/ +\$10\.00/)
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      `ai-costs: ${OVERRIDES} is not a regular file, so no limit is raised and nothing is allowed: put a plain file there\n`,
    )
    expect((await call(check, '--strict --budget weekly', withPipe())).exitCode).toBe(3)
  })

  it('cannot be listed or ended, which is said', async () => {
    expect(await call(raise, 'list', withPipe())).toMatchObject({ stdout: '', exitCode: 3 })
    expect(await call(allow, 'end', withPipe())).toMatchObject({ stdout: '', exitCode: 1 })
  })
})

it('a damaged or hostile line overrides nothing, and reaches no terminal as anything but text', async () => {
  const system = shop({
    [OVERRIDES]: `{"torn\n\0\0\n${[
      hostileLine({ kind: 'raise', budget: 'no such budget', by_usd: 5, why: '\u202e' }),
      hostileLine({ kind: 'raise', budget: 'daily', by_usd: 1, why: '\u001b]0;x\u0007' }),
      hostileLine({ kind: 'allow', session_id: '\u001b[2J', why: '\u200b' }),
      hostileLine({ kind: 'raise', budget: 'daily', by_usd: 1000, timestamp: '2099-01-01T00:00:00Z' }),
    ].join('\n')}\n`,
  })
  expect(await daily(system)).toEqual([11, 1, 1])
  const printed = await Promise.all([
    call(check, '', system),
    call(check, '--json', system),
    call(status, '', system),
    call(raise, 'list', system),
    call(allow, 'list', system),
    call(allow, 'end', system),
  ])
  for (const { stdout, stderr } of printed) expect(stdout + stderr).not.toMatch(ACTS_ON_A_TERMINAL)
})
