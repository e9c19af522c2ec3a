import { describe, expect, it } from 'vitest'
import * as notify from '../../src/commands/notify.ts'
import { loggedEntries } from '../../src/core/alert-log.ts'
import type { Notice } from '../../src/core/notice.ts'
import type { System } from '../../src/system/system.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { call } from './calling.ts'

const LOG = `${PROJECT}/.ai-costs/alerts.log`
const TEXTS = { [LEDGER]: `${usage({})}\n`, [LIMITS]: 'budgets: { daily: 10 }\n' }

const line = (message: string): string =>
  JSON.stringify({ v: 1, id: 'A', timestamp: '2025-12-15T14:30:00Z', kind: 'threshold', message })

/** A machine on which several processes may be about to tell of alerts. */
interface World {
  readonly fake: FakeSystem
  readonly system: System
  readonly outbox: string[]
  readonly shown: Notice[]
  readonly waited: number[]
  deliveredAt: number
}

function world(change: Partial<System> = {}): World {
  const fake = fakeSystem(TEXTS)
  Object.assign(fake.variables, { DISPLAY: ':0' })
  const claimed = new Set<string>()
  const here: World = {
    fake,
    outbox: [],
    shown: [],
    waited: [],
    deliveredAt: -Infinity,
    system: {
      ...fake,
      claims: () => ({
        take: (name) => !claimed.has(name) && claimed.add(name).has(name),
        giveUp: (name) => void claimed.delete(name),
      }),
      outbox: () => ({
        put() {},
        takeAll: () => here.outbox.splice(0),
        deliveredAt: () => here.deliveredAt,
        delivered: () => void (here.deliveredAt = fake.now),
      }),
      pause(milliseconds) {
        here.waited.push(milliseconds)
        return Promise.resolve()
      },
      desktop: {
        ...fake.desktop,
        show(notice) {
          here.shown.push(notice)
          return Promise.resolve({ kind: 'shown' })
        },
      },
      ...change,
    },
  }
  return here
}

describe('of the processes that alerts start', () => {
  it('one gathers what all of them were started for, and shows it as one notice', async () => {
    const here = world()
    here.outbox.push(line('first'), `${line('second')}\n${line('third')}`)
    await Promise.all(Array.from({ length: 5 }, () => call(notify, '', here.system)))
    expect(here.shown).toEqual([{ title: 'ai-costs: 3 budget alerts', body: 'first; second; third' }])
    expect(here.waited).toEqual([2_000])
  })

  it('the next one leaves whoever was just told alone for ten seconds', async () => {
    const here = world()
    here.outbox.push(line('later'))
    here.deliveredAt = here.fake.now - 3_000
    await call(notify, '', here.system)
    expect([here.waited, here.shown.length]).toEqual([[7_000], 1])
  })

  it('none waits longer for a clock that was set back', async () => {
    const here = world()
    here.deliveredAt = here.fake.now + 3_600_000
    await call(notify, '', here.system)
    expect([here.waited, here.shown]).toEqual([[10_000], []])
  })
})

describe('what does not arrive', () => {
  it('is on record, without the address of the webhook', async () => {
    const here = world({
      webhook: () => Promise.resolve({ kind: 'failed', answer: 'answered 404' }),
      desktop: {
        show: () => Promise.resolve({ kind: 'failed', reason: 'no D-Bus' }),
        showHere: () => Promise.resolve({ kind: 'shown' }),
      },
    })
    here.fake.variables['AI_COSTS_WEBHOOK'] = 'https://hooks.slack.com/services/T/secret'
    here.outbox.push(line('first'))
    await call(notify, '', here.system)
    const log = here.fake.texts.get(LOG) ?? ''
    expect(loggedEntries(log).map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
      'undelivered: webhook https://hooks.slack.com/… answered 404: look at notifications.webhook in cost-limits.yaml',
      "undelivered: no desktop notification (no D-Bus): look at the desktop's notification service",
    ])
    expect(log).not.toContain('secret')
  })

  it('for want of a notifier is said once, though the next one looks again', async () => {
    let asked = 0
    const here = world({
      desktop: {
        show() {
          asked++
          return Promise.resolve({ kind: 'missing' })
        },
        showHere: () => Promise.resolve({ kind: 'shown' }),
      },
    })
    for (const message of ['first', 'second']) {
      here.outbox.push(line(message))
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await call(notify, '', here.system)
    }
    expect([asked, loggedEntries(here.fake.texts.get(LOG) ?? '').length]).toEqual([2, 1])
  })
})

function showing(
  text: string,
  showHere: System['desktop']['showHere'],
): Promise<{ readonly stdout: string }> {
  const { standardInput, desktop, ...system } = fakeSystem()
  return call(notify, '--show', {
    ...system,
    standardInput: { ...standardInput, read: () => text },
    desktop: { ...desktop, showHere },
  })
}

describe('the notice on standard input', () => {
  it('is shown as harmless text, and what came of it is one word', async () => {
    const shown: Notice[] = []
    const { stdout } = await showing(JSON.stringify({ title: 'a\u0000', body: 'b\u001b' }), (notice) => {
      shown.push(notice)
      return Promise.resolve({ kind: 'missing' })
    })
    expect([shown, stdout]).toEqual([[{ title: 'a\\x00', body: 'b\\x1b' }], 'missing\n'])
  })

  it('may be none', async () => {
    for (const text of ['', '{', 'null', '{"title":1,"body":"x"}']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { stdout } = await showing(text, () => Promise.reject(new Error('shown')))
      expect(stdout).toBe('there is nothing to show\n')
    }
  })
})
