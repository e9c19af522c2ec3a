import { describe, expect, it } from 'vitest'
import type { Banner } from '../../src/commands/banners.ts'
import { callOf } from '../../src/commands/desk.ts'
import { LiveDesk } from '../../src/commands/live-desk.ts'
import { loggedEntries, undeliveredLine } from '../../src/core/alert-log.ts'
import type { Dashboard } from '../../src/core/dashboard.ts'
import { NotSaved } from '../../src/system/ledger-append.ts'
import type { System } from '../../src/system/system.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'

const LOG = `${PROJECT}/.ai-costs/alerts.log`
const MINUTE = 60_000
const spend = (cost: number): string => `${usage({ v: 1, id: 'a', cost_usd: cost })}\n`
const TEXTS = { [LEDGER]: spend(1), [LIMITS]: 'budgets: { daily: 10 }\n' }
const WARNING = '14:30 Budget daily has reached its warning threshold: $8.10 of $10.00 (81%)'

/** An open pane: what stands above its numbers, how often it rang, what it shows. */
interface Pane {
  readonly desk: LiveDesk
  readonly fake: FakeSystem
  readonly banners: string[]
  readonly rung: string[]
  readonly dashboards: Dashboard[]
  /** Spends so much in all, and looks. */
  readonly spend: (cost: number) => void
}

async function opened(
  texts: Readonly<Record<string, string>> = TEXTS,
  change: (system: FakeSystem) => Partial<System> = () => ({}),
  fake = fakeSystem(texts),
): Promise<Pane> {
  const banners: string[] = []
  const rung: string[] = []
  const dashboards: Dashboard[] = []
  const terminal = { ...fake.terminal, ring: (text: string) => void rung.push(text) }
  const system = { ...fake, terminal, ...change(fake) }
  const desk = new LiveDesk(callOf({ arguments: [], options: {} }, system), system, {
    show: (dashboard) => void dashboards.push(dashboard),
    banner: (banner: Banner | null) =>
      void banners.push(banner === null ? '' : `${banner.kind}: ${banner.text}`),
    progress() {},
    tick() {},
    changed() {},
    style() {},
  })
  await desk.start()
  const spendAll = (cost: number): void => {
    fake.texts.set(LEDGER, spend(cost))
    desk.look()
  }
  return { desk, fake, banners, rung, dashboards, spend: spendAll }
}

/** What its numbers say of alerts. */
const notesOf = ({ dashboards }: Pane): readonly string[] =>
  (dashboards.at(-1)?.snapshot.quality.notes ?? []).filter((note) => note.includes('alert'))

describe('an open pane', () => {
  it('raises what comes up, shows it and rings, once', async () => {
    const pane = await opened()
    pane.spend(8.1)
    pane.spend(8.2)
    pane.spend(7)
    pane.spend(8.1)
    expect(pane.banners).toEqual([`alert: ${WARNING}`])
    expect(pane.rung).toEqual([WARNING.slice('14:30 '.length)])
    expect(loggedEntries(pane.fake.texts.get(LOG) ?? '')).toHaveLength(1)
  })

  it('shows also what another process was first to raise while it was open', async () => {
    const pane = await opened(TEXTS, (fake) => ({
      alertClaims: () => ({ isTaken: () => true, take: () => false }),
      files: fake.files,
    }))
    pane.spend(8.1)
    expect(pane.banners).toEqual([`alert: ${WARNING}`])
    expect(pane.fake.texts.has(LOG)).toBe(false)
  })

  it('is silent at its start about what was raised before, and shows what was not', async () => {
    const first = await opened({ ...TEXTS, [LEDGER]: spend(8.1) })
    expect(first.banners).toEqual([`alert: ${WARNING}`])
    const second = await opened(TEXTS, () => ({}), first.fake)
    expect([second.banners, second.rung]).toEqual([[], []])
  })

  it('takes an alert away after ten minutes, or when it is told to', async () => {
    const pane = await opened()
    pane.spend(8.1)
    pane.fake.now += 9 * MINUTE
    pane.desk.minute()
    expect(pane.banners).toHaveLength(1)
    pane.fake.now += MINUTE
    pane.desk.minute()
    expect(pane.banners.at(-1)).toBe('')
    pane.spend(9.6)
    pane.desk.dismiss()
    pane.desk.dismiss()
    expect(pane.banners.slice(2)).toEqual([
      'alert: 14:40 Budget daily is critical: $9.60 of $10.00 (96%)',
      '',
    ])
  })

  it('neither shows nor rings where the settings want nothing of it in the terminal', async () => {
    const pane = await opened({
      ...TEXTS,
      [LIMITS]: 'budgets: { daily: 10 }\nnotifications: { terminal: false }\n',
    })
    pane.spend(8.1)
    expect([pane.banners, pane.rung]).toEqual([[], []])
    expect(pane.fake.texts.has(LOG)).toBe(true)
  })

  it('snoozes for an hour and ends that by the same key', async () => {
    const pane = await opened()
    pane.desk.snooze()
    expect(pane.banners).toEqual(['notice: alerts disturb nobody until 15:30 (z ends that)'])
    pane.spend(8.1)
    expect([pane.banners.length, pane.rung]).toEqual([1, []])
    pane.desk.snooze()
    expect(pane.banners.slice(1)).toEqual([''])
    pane.spend(9.6)
    expect(pane.rung).toEqual(['Budget daily is critical: $9.60 of $10.00 (96%)'])
  })

  it('says by itself that a snooze is over', async () => {
    const pane = await opened()
    pane.desk.snooze()
    pane.fake.now += 60 * MINUTE
    pane.desk.minute()
    expect(pane.banners.at(-1)).toBe('')
  })
})

describe('where nothing can be claimed', () => {
  it('a pane shows an alert once, from its own memory, and says what is wrong', async () => {
    const refusing = {
      isTaken: () => false,
      take: () => {
        throw new Error('EROFS: read-only file system')
      },
    }
    const pane = await opened({ ...TEXTS, [LEDGER]: spend(8.1) }, () => ({ alertClaims: () => refusing }))
    pane.spend(8.2)
    pane.spend(8.1)
    expect(pane.banners).toEqual([`alert: ${WARNING}`])
    expect(pane.rung).toHaveLength(1)
    expect(notesOf(pane)).toEqual([expect.stringContaining('alerts are not raised: EROFS')])
  })
})

/** A log to which nothing can be written. */
const failing = () => ({
  path: LOG,
  append() {
    throw new NotSaved('the disk is full: free some space')
  },
})

it('says why an alert that was raised is not on record, for as long as that is the last word', async () => {
  const pane = await opened(TEXTS, () => ({ alertLog: failing }))
  pane.spend(8.1)
  pane.spend(8.2)
  expect(notesOf(pane)).toEqual(['alerts: the disk is full: free some space'])
})

it('says that the last alert did not arrive, until another one does', async () => {
  const pane = await opened()
  const message = 'webhook https://hooks.slack.com/… answered 404: look at notifications.webhook'
  const line = undeliveredLine({ id: 'B', timestamp: 0, channel: 'webhook', message })
  pane.fake.texts.set(LOG, `${line}\n`)
  pane.desk.minute()
  expect(notesOf(pane)).toEqual([`the last alert: ${message}`])
  pane.spend(8.1)
  expect(notesOf(pane)).toEqual([])
})
