import { describe, expect, it, test } from 'vitest'
import * as check from '../../src/commands/check.ts'
import * as demo from '../../src/commands/demo.ts'
import * as route from '../../src/commands/route.ts'
import * as status from '../../src/commands/status.ts'
import { loggedEntries } from '../../src/core/alert-log.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import type { System } from '../../src/system/system.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { call } from './calling.ts'

const LOG = `${PROJECT}/.ai-costs/alerts.log`
const spend = (id: string, cost: number, more = {}): string =>
  `${usage({ v: 1, id, session_id: 's1', cost_usd: cost, ...more })}\n`
const limits = (text: string, rest = ''): string => `budgets: { ${text} }\n${rest}`

/** A system with a desktop and an outbox, and what it was asked to do. */
interface World {
  readonly system: System
  readonly fake: FakeSystem
  readonly left: string[]
  readonly started: (readonly string[])[]
}

function world(texts: Readonly<Record<string, string>>, variables = { DISPLAY: ':0' }): World {
  const fake = fakeSystem(texts)
  Object.assign(fake.variables, variables)
  const left: string[] = []
  const started: (readonly string[])[] = []
  const system: System = {
    ...fake,
    outbox: () => ({
      put: (_name, text) => void left.push(text),
      takeAll: () => left.splice(0),
      deliveredAt: () => -Infinity,
      delivered() {},
    }),
    background: {
      start(words) {
        started.push(words)
        return true
      },
    },
  }
  return { system, fake, left, started }
}

/** What is on record, the oldest first. */
function logged({ fake }: World): readonly string[] {
  return loggedEntries(fake.texts.get(LOG) ?? '')
    .map(
      ({ message, fields }) =>
        `${message}${fields['silence'] === undefined ? '' : ` [${String(fields['silence'])}]`}`,
    )
    .toReversed()
}

const refusal = (message: string) => (): never => {
  throw new Error(message)
}

/** Logs to which nothing can be written. */
const refusing =
  (error: Error): System['alertLog'] =>
  () => ({
    path: LOG,
    append() {
      throw error
    },
  })

const WARNING = 'Budget daily has reached its warning threshold: $8.10 of $10.00 (81%)'

describe('check', () => {
  it('puts what is crossed on record once, and has one process tell of it', async () => {
    const here = world({ [LEDGER]: spend('a', 8.1), [LIMITS]: limits('daily: 10') })
    await call(check, '', here.system)
    await call(check, '', here.system)
    expect(logged(here)).toEqual([WARNING])
    expect(here.started).toEqual([['notify', `--dir=${PROJECT}/.ai-costs`]])
    expect(here.left.map((text) => loggedEntries(text)[0]?.message)).toEqual([WARNING])
  })

  it('says nothing again when spending falls below and comes back', async () => {
    const here = world({ [LIMITS]: limits('daily: 10') })
    const at = async (cost: number) => {
      here.fake.texts.set(LEDGER, spend('a', cost))
      await call(check, '', here.system)
      return logged(here).length
    }
    expect([await at(7.9), await at(8.1), await at(7.9), await at(8.1)]).toEqual([0, 1, 1, 1])
    expect([await at(9.5), await at(8.1), await at(9.6)]).toEqual([2, 2, 2])
  })

  it('that jumps straight to critical says that alone', async () => {
    const here = world({ [LEDGER]: spend('a', 9.6), [LIMITS]: limits('daily: 10') })
    await call(check, '', here.system)
    here.fake.texts.set(LEDGER, spend('a', 8.1))
    await call(check, '', here.system)
    expect(logged(here)).toEqual(['Budget daily is critical: $9.60 of $10.00 (96%)'])
  })

  it('says so again for another limit, and on another day', async () => {
    const here = world({ [LEDGER]: spend('a', 8.1), [LIMITS]: limits('daily: 10') })
    await call(check, '', here.system)
    here.fake.texts.set(LIMITS, limits('daily: 10.1'))
    await call(check, '', here.system)
    expect(logged(here)).toHaveLength(2)
    here.fake.now = instant('2025-12-16T14:30:00Z')
    here.fake.texts.set(LEDGER, spend('a', 8.1) + spend('b', 8.2, { timestamp: '2025-12-16T10:00:00Z' }))
    await call(check, '', here.system)
    expect(logged(here)).toHaveLength(3)
  })

  it('of twenty budgets at once writes twenty lines, the worst first, and tells of them together', async () => {
    const scoped = Array.from(
      { length: 19 },
      (_, nth) => `{ name: b${nth}, project: "*", daily: ${10 + nth / 1000} }`,
    )
    const yaml = `budgets: { daily: 8, scoped: [${scoped.join(', ')}] }\n`
    const here = world({ [LEDGER]: spend('a', 8.1, { project: 'p' }), [LIMITS]: yaml })
    await call(check, '', here.system)
    expect(logged(here)).toHaveLength(20)
    expect(logged(here)[0]).toBe('Budget daily is over its limit: $8.10 of $8.00 (101%)')
    expect([here.left.length, here.started.length]).toEqual([1, 1])
  })
})

describe('nobody is told', () => {
  const quiet = 'notifications: { quiet: "14:00-15:00" }\n'
  const texts = { [LEDGER]: spend('a', 8.1), [LIMITS]: limits('daily: 10') }
  const snooze = JSON.stringify({
    v: 1,
    id: 'A',
    timestamp: '2025-12-15T14:00:00Z',
    kind: 'snooze',
    until: '2025-12-15T15:00:00Z',
  })

  test.each<
    [when: string, texts: Readonly<Record<string, string>>, variables: Record<string, string>, line: string]
  >([
    [
      'in quiet hours',
      { ...texts, [LIMITS]: limits('daily: 10', quiet) },
      { DISPLAY: ':0' },
      `${WARNING} [quiet]`,
    ],
    [
      'while alerts are snoozed',
      { ...texts, [`${PROJECT}/.ai-costs/overrides.jsonl`]: `${snooze}\n` },
      { DISPLAY: ':0' },
      `${WARNING} [snoozed]`,
    ],
    ['where there is no desktop', texts, { DISPLAY: '' }, WARNING],
    [
      'who wants no desktop notifications',
      { ...texts, [LIMITS]: limits('daily: 10', 'notifications: { desktop: false }\n') },
      { DISPLAY: ':0' },
      WARNING,
    ],
  ])('%s, but the record is there', async (_when, files, variables, line) => {
    const here = world(files, { DISPLAY: ':0', ...variables })
    await call(check, '', here.system)
    expect(logged(here)).toEqual([line])
    expect([here.left, here.started]).toEqual([[], []])
  })

  it('of a webhook in a place that others can read', async () => {
    const here = world(texts, { DISPLAY: '' })
    here.fake.variables['AI_COSTS_WEBHOOK'] = 'https://hooks.slack.com/services/T/secret'
    await call(check, '', here.system)
    expect(here.started).toHaveLength(1)
    expect(JSON.stringify([here.started, here.left, ...here.fake.texts])).not.toMatch(/secret|slack/)
  })
})

describe('no alert is raised by', () => {
  const texts = { [LEDGER]: spend('a', 12), [LIMITS]: limits('daily: 10') }
  test.each([
    ['route', route, 'claude-opus-4'],
    ['status', status, ''],
    ['demo', demo, ''],
    ['check as of some other instant', check, '--now 2025-12-15T14:31:00Z'],
  ])('%s', async (_who, command, words) => {
    const here = world(texts)
    await call(command, words, here.system)
    expect([logged(here), here.fake.taken.size, here.started]).toEqual([[], 0, []])
  })
})

describe('trouble of ours', () => {
  const texts = { [LEDGER]: spend('a', 8.1), [LIMITS]: limits('daily: 10') }

  it('with the claims means no alert, no storm, and a note', async () => {
    const here = world(texts)
    const nobody = {
      isTaken: () => false,
      take: () => {
        throw new Error("EROFS: read-only file system, open '/x'")
      },
      giveUp() {},
    }
    const system = { ...here.system, alertClaims: () => nobody, claims: () => nobody }
    const { stdout, exitCode } = await call(check, '--json', system)
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'warning',
      data_quality: { notes: [expect.stringContaining('alerts are not raised: EROFS')] },
    })
    expect([logged(here), here.started]).toEqual([[], []])
  })

  it('with the log is a note, and tells whoever wants to be told all the same', async () => {
    const here = world(texts)
    const alertLog = refusing(
      new NotSaved(`${LOG} is a symbolic link, nothing was saved: put a plain file there`),
    )
    const { stdout, stderr } = await call(check, '', { ...here.system, alertLog })
    expect(stdout + stderr).toContain('is a symbolic link')
    expect(here.started).toHaveLength(1)
  })

  it("with a project's directory that is a link keeps everything out of it", async () => {
    const here = world(texts)
    here.fake.links.add(`${PROJECT}/.ai-costs`)
    await call(check, '', here.system)
    expect([logged(here), here.fake.taken.size, here.started]).toEqual([[], 0, []])
  })

  it('keeps nobody from raising it once the disk has room again', async () => {
    const here = world(texts, { DISPLAY: '' })
    const alertLog = refusing(new NotSaved(`${LOG}: the record was NOT saved (ENOSPC), the disk is full`))
    for (const _ of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const { stderr } = await call(check, '', { ...here.system, alertLog })
      expect(stderr).toContain('the disk is full')
    }
    await call(check, '', here.system)
    await call(check, '', here.system)
    expect(logged(here)).toEqual([WARNING])
  })

  it('is not said twice by whoever takes over from a process that was killed before it could claim it', async () => {
    const here = world(texts)
    const { alertClaims } = here.system
    const killed = { isTaken: () => false, take: refusal('killed') }
    await call(check, '', { ...here.system, alertClaims: () => killed })
    expect(here.fake.taken.size).toBe(0)
    await call(check, '', { ...here.system, alertClaims })
    expect([logged(here), here.started.length, here.fake.taken.size]).toEqual([[WARNING], 1, 1])
  })

  it('leaves it to the one who is at it', async () => {
    const here = world(texts)
    const { stderr } = await call(check, '', {
      ...here.system,
      claims: () => ({ take: () => false, giveUp: refusal('that of somebody else') }),
    })
    expect([stderr, logged(here), here.fake.taken.size]).toEqual(['', [], 0])
  })
})
