import { describe, expect, it } from 'vitest'
import type { Banner } from '../../src/commands/banners.ts'
import { callOf } from '../../src/commands/desk.ts'
import { type Display, LiveDesk } from '../../src/commands/live-desk.ts'
import type { Dashboard } from '../../src/core/dashboard.ts'
import { decimalText } from '../../src/core/money.ts'
import { overrideLine } from '../../src/core/override.ts'
import { usd } from '../kit/a-budget.ts'
import { type FakeSystem, LEDGER, LIMITS, fakeSystem } from '../kit/fake-system.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'

/** What a person in front of the pane would have seen. */
class Seen implements Display {
  readonly dashboards: Dashboard[] = []
  readonly banners: (Banner | null)[] = []
  readonly shares: (number | null)[] = []
  readonly ticks: number[] = []
  readonly show = (dashboard: Dashboard): void => void this.dashboards.push(dashboard)
  readonly banner = (banner: Banner | null): void => void this.banners.push(banner)
  readonly progress = (share: number | null): void => void this.shares.push(share)
  /** How many numbers had been shown at each of the ticks. */
  readonly shownAtTicks: number[] = []
  readonly tick = (now: number): void => {
    this.ticks.push(now)
    this.shownAtTicks.push(this.dashboards.length)
  }
  readonly changed = (): void => {}
  readonly style = (): void => {}

  get last(): Dashboard {
    const last = this.dashboards.at(-1)
    if (last === undefined) throw new Error('nothing was shown')
    return last
  }

  /** The daily budget in short: `8.1/10 warning`. */
  get daily(): string {
    const verdict = this.last.verdicts.find(({ budget }) => budget.id === 'daily')
    if (verdict === undefined) return 'no daily budget'
    return `${decimalText(verdict.spent)}/${decimalText(verdict.budget.limit)} ${verdict.level}`
  }
}

interface Desk {
  readonly desk: LiveDesk
  readonly seen: Seen
  readonly system: FakeSystem
}

async function opened(texts: Readonly<Record<string, string>>, notice: string | null = null): Promise<Desk> {
  const system = fakeSystem(texts)
  const seen = new Seen()
  // Alerts, which would stand above the numbers, have tests of their own.
  const call = Object.assign(callOf({ arguments: [], options: {} }, system), { raisesAlerts: false })
  const desk = new LiveDesk(call, system, seen)
  if (notice !== null) desk.note(notice)
  await desk.start()
  return { desk, seen, system }
}

/** Looks, and lets a changed settings file be loaded. */
async function looked({ desk }: Desk): Promise<boolean> {
  const changed = desk.look()
  await new Promise((resolve) => setImmediate(resolve))
  return changed
}

const spend = (id: string, cost: number, more = {}): string =>
  `${usage({ v: 1, id, cost_usd: cost, ...more })}\n`
const limits = (daily: string, rest = ''): string => `budgets: { daily: ${daily} }\n${rest}`

const OVERRIDES = LEDGER.replace('sessions', 'overrides')

/** The line that raises the daily limit by $5.00. */
function raised(from: string, until: string): string {
  const span = { id: from, timestamp: instant(from), until: instant(until) }
  return `${overrideLine({ kind: 'raise', ...span, budget: 'daily', by: usd('5'), why: null })}\n`
}

describe('an override', () => {
  it('that another process makes is seen at the next look, and its end when the minute turns', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 9.7), [LIMITS]: limits('10') })
    expect(pane.seen.daily).toBe('9.7/10 critical')
    pane.system.texts.set(OVERRIDES, raised('2025-12-15T14:30:00Z', '2025-12-15T14:35:00Z'))
    expect(await looked(pane)).toBe(false)
    expect(pane.seen.daily).toBe('9.7/15 ok')
    expect(pane.seen.last.overrides.raises).toHaveLength(1)
    await looked(pane)
    expect(pane.seen.dashboards).toHaveLength(2)
    pane.system.now = instant('2025-12-15T14:35:00Z')
    pane.desk.minute()
    expect(pane.seen.daily).toBe('9.7/10 critical')
  })

  it('that holds when the pane opens is seen at once', async () => {
    const pane = await opened({
      [LEDGER]: spend('a', 9.7),
      [LIMITS]: limits('10'),
      [OVERRIDES]: raised('2025-12-15T14:00:00Z', '2025-12-15T18:00:00Z'),
    })
    expect(pane.seen.daily).toBe('9.7/15 ok')
    expect(pane.seen.dashboards).toHaveLength(1)
  })
})

describe('the ledger', () => {
  it('is shown at once, and again when something was appended', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 8.1), [LIMITS]: limits('10') })
    expect(pane.seen.daily).toBe('8.1/10 warning')
    expect(pane.seen.last).toMatchObject({
      project: 'shop',
      hasLedger: true,
      builtInLimits: false,
      ledgerPath: LEDGER,
    })
    pane.system.texts.set(LEDGER, spend('a', 8.1) + spend('b', 1.5))
    expect(pane.desk.look()).toBe(true)
    expect(pane.seen.daily).toBe('9.6/10 critical')
  })

  it('is not shown again when nothing changed', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 1) })
    expect(await looked(pane)).toBe(false)
    expect(await looked(pane)).toBe(false)
    expect(pane.seen.dashboards).toHaveLength(1)
    expect(pane.seen.banners.filter((banner) => banner !== null)).toEqual([])
  })

  it('is waited for, under limits that are said to be built in', async () => {
    const pane = await opened({})
    expect(pane.seen.last).toMatchObject({ hasLedger: false, builtInLimits: true })
    expect(pane.seen.daily).toBe('0/10 ok')
    pane.system.texts.set(pane.seen.last.ledgerPath, spend('a', 1))
    await looked(pane)
    expect(pane.seen.last.hasLedger).toBe(true)
    expect(pane.seen.daily).toBe('1/10 ok')
  })

  it('that loses something keeps saying so', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 1) + spend('b', 1) })
    pane.system.texts.set(LEDGER, '')
    await looked(pane)
    pane.system.texts.set(LEDGER, spend('c', 1))
    await looked(pane)
    expect(pane.seen.last.snapshot.quality.notes).toEqual([
      expect.stringMatching(/^sessions\.jsonl shrank from \d+ to 0 bytes/),
    ])
  })

  it('is read in steps when it is large, with the share that has been read', async () => {
    const large = Array.from({ length: 2000 }, (_, nth) => spend(`r${nth}`, 0.001)).join('')
    const pane = await opened({ [LEDGER]: large })
    expect(pane.seen.shares).toEqual([0.5])
    expect(pane.seen.dashboards).toEqual([])
    expect(pane.desk.look()).toBe(false)
    pane.desk.minute()
    pane.desk.reread()
    expect(pane.seen.dashboards).toEqual([])
    pane.system.waiting.shift()?.()
    expect(pane.seen.shares).toEqual([0.5, null])
    expect(pane.seen.daily).toBe('2/10 ok')
    // Writing down what was read waits for the display.
    pane.system.waiting.shift()?.()
    expect(pane.system.waiting).toEqual([])
  })

  it('is read again on demand', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 1) })
    pane.desk.reread()
    expect(pane.seen.dashboards).toHaveLength(2)
    expect(pane.seen.daily).toBe('1/10 ok')
  })

  it('is left alone once the pane is closed', async () => {
    const large = Array.from({ length: 2000 }, (_, nth) => spend(`r${nth}`, 0.001)).join('')
    const pane = await opened({ [LEDGER]: large })
    pane.desk.close()
    pane.system.waiting.shift()?.()
    pane.desk.reread()
    expect(await looked(pane)).toBe(false)
    expect(pane.seen.dashboards).toEqual([])
  })
})

describe('a ledger that cannot be read', () => {
  it('leaves the numbers, says since when they are stale, and recovers by itself', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 1) })
    pane.system.texts.set(LEDGER, UNREADABLE)
    await looked(pane)
    expect(pane.seen.banners.at(-1)).toEqual({
      kind: 'error',
      text: `${LEDGER} cannot be read (EACCES) since 14:30, the numbers are stale: give this user the right to read it`,
    })
    pane.system.now += 60_000
    await looked(pane)
    expect(pane.seen.banners.at(-1)?.text).toContain('since 14:30')
    expect(pane.seen.daily).toBe('1/10 ok')
    pane.system.texts.set(LEDGER, spend('a', 1) + spend('b', 2))
    await looked(pane)
    expect(pane.seen.banners.at(-1)).toBeNull()
    expect(pane.seen.daily).toBe('3/10 ok')
  })

  it('is judged before the clock turns, so that a minute takes one frame', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 1), [LIMITS]: limits('10') })
    const before = pane.seen.dashboards.length
    pane.desk.minute()
    expect(pane.seen.shownAtTicks).toEqual([before + 1])
  })

  it('never passes for an empty one, however much time goes by', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 1), [LIMITS]: limits('10') })
    pane.system.texts.set(LEDGER, UNREADABLE)
    pane.desk.reread()
    pane.desk.minute()
    pane.system.texts.set(LIMITS, limits('20', 'timezone: Asia/Tokyo'))
    await looked(pane)
    pane.desk.minute()
    expect(pane.seen.daily).toBe('1/10 ok')
    expect(pane.seen.ticks).toHaveLength(2)
    pane.system.texts.set(LEDGER, spend('a', 1))
    await looked(pane)
    expect(pane.seen.daily).toBe('1/20 ok')
  })

  it('from the start is shown with its trouble', async () => {
    const pane = await opened({ [LEDGER]: UNREADABLE })
    expect(pane.seen.dashboards).toHaveLength(1)
    expect(pane.seen.banners.at(-1)?.text).toContain('cannot be read (EACCES)')
  })
})

describe('the settings', () => {
  it('hold at once when they are valid', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 4), [LIMITS]: limits('10') })
    pane.system.texts.set(LIMITS, limits('5'))
    await looked(pane)
    expect(pane.seen.daily).toBe('4/5 warning')
    expect(pane.seen.banners.filter((banner) => banner !== null)).toEqual([])
  })

  it('that are broken leave the last good ones, and are announced once they have stood still for 300 ms', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 4), [LIMITS]: limits('10') })
    pane.system.texts.set(LIMITS, limits('ten'))
    await looked(pane)
    pane.system.now += 299
    await looked(pane)
    expect(pane.seen.banners).toEqual([])
    pane.system.now += 1
    await looked(pane)
    expect(pane.seen.banners).toEqual([{ kind: 'error', text: expect.stringContaining(`${LIMITS}:1:`) }])
    expect(pane.seen.banners[0]?.text).toContain('(using the settings of 14:30)')
    expect(pane.seen.daily).toBe('4/10 ok')
    pane.system.texts.set(LIMITS, limits('5'))
    await looked(pane)
    expect(pane.seen.banners.at(-1)).toBeNull()
    expect(pane.seen.daily).toBe('4/5 warning')
  })

  it('that are saved in two steps are never announced', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 4), [LIMITS]: limits('10') })
    for (const half of ['budgets: { dai', 'budgets: { daily: ', 'budgets: { daily: x']) {
      pane.system.texts.set(LIMITS, half)
      pane.system.now += 200
      // oxlint-disable-next-line no-await-in-loop -- each look is over before the next
      await looked(pane)
    }
    pane.system.texts.set(LIMITS, limits('20'))
    pane.system.now += 200
    await looked(pane)
    pane.system.now += 1000
    await looked(pane)
    expect(pane.seen.banners).toEqual([])
    expect(pane.seen.daily).toBe('4/20 ok')
  })

  it('that are broken from the start judge no budget, and say so at once', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 4), [LIMITS]: limits('ten') })
    expect(pane.seen.banners.at(-1)?.text).toContain('(no budgets are judged)')
    expect(pane.seen.last.verdicts).toEqual([])
    expect(pane.seen.last.builtInLimits).toBe(false)
    expect(pane.seen.last.snapshot.records).toBe(1)
    pane.system.texts.set(LIMITS, limits('5'))
    await looked(pane)
    expect(pane.seen.banners.at(-1)).toBeNull()
    expect(pane.seen.daily).toBe('4/5 warning')
  })

  it('that are deleted make the built-in limits hold, and every view says so', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 4), [LIMITS]: limits('5') })
    pane.system.texts.delete(LIMITS)
    await looked(pane)
    expect(pane.seen.daily).toBe('4/10 ok')
    expect(pane.seen.last.builtInLimits).toBe(true)
  })

  it('that name another zone make the ledger be read again', async () => {
    const late = { timestamp: '2025-12-14T20:00:00Z' }
    const pane = await opened({ [LEDGER]: spend('a', 4, late), [LIMITS]: limits('10') })
    expect(pane.seen.daily).toBe('0/10 ok')
    pane.system.texts.set(LIMITS, limits('10', 'timezone: Asia/Tokyo'))
    await looked(pane)
    expect(pane.seen.last.snapshot.zone).toBe('Asia/Tokyo')
    expect(pane.seen.daily).toBe('4/10 ok')
  })

  it('that change while a large ledger is read begin anew, and the reading before is given up', async () => {
    const large = Array.from({ length: 2000 }, (_, nth) => spend(`r${nth}`, 0.001)).join('')
    const pane = await opened({ [LEDGER]: large, [LIMITS]: limits('10') })
    pane.system.texts.set(LIMITS, limits('10', 'timezone: Asia/Tokyo'))
    await looked(pane)
    expect(pane.system.waiting).toHaveLength(2)
    while (pane.system.waiting.length > 0) pane.system.waiting.shift()?.()
    expect(pane.seen.dashboards).toHaveLength(1)
    expect(pane.seen.last.snapshot.zone).toBe('Asia/Tokyo')
    expect(pane.seen.daily).toBe('2/10 ok')
  })
})

describe('the clock', () => {
  it('rolls the day over by itself', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 4), [LIMITS]: limits('10') })
    pane.system.now = instant('2025-12-15T23:59:00Z')
    pane.desk.minute()
    expect(pane.seen.daily).toBe('4/10 ok')
    pane.system.now = instant('2025-12-16T00:00:00Z')
    pane.desk.minute()
    expect(pane.seen.daily).toBe('0/10 ok')
    expect(pane.seen.last.snapshot.sessions).toEqual([])
    expect(pane.seen.ticks).toEqual([instant('2025-12-15T23:59:00Z'), instant('2025-12-16T00:00:00Z')])
  })

  it('rolls the week and the month over too', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 4), [LIMITS]: 'budgets: { weekly: 10, monthly: 10 }' })
    const spent = () => pane.seen.last.verdicts.map((verdict) => decimalText(verdict.spent))
    expect(spent()).toEqual(['4', '4'])
    pane.system.now = instant('2025-12-22T00:00:00Z')
    pane.desk.minute()
    expect(spent()).toEqual(['0', '4'])
    pane.system.now = instant('2026-01-01T00:00:00Z')
    pane.desk.minute()
    expect(spent()).toEqual(['0', '0'])
  })

  it('follows the machine into another zone when the zone is local', async () => {
    const late = { timestamp: '2025-12-14T20:00:00Z' }
    const pane = await opened({ [LEDGER]: spend('a', 4, late), [LIMITS]: limits('10', 'timezone: local') })
    expect(pane.seen.daily).toBe('0/10 ok')
    pane.system.zone = 'Asia/Tokyo'
    pane.desk.minute()
    expect(pane.seen.last.snapshot.zone).toBe('Asia/Tokyo')
    expect(pane.seen.daily).toBe('4/10 ok')
  })
})

describe('banners', () => {
  it('trouble comes before a notice, which returns when it is over', async () => {
    const pane = await opened({ [LEDGER]: spend('a', 1) }, 'demo')
    pane.desk.note('polling only')
    expect(pane.seen.banners.at(-1)).toEqual({ kind: 'notice', text: 'polling only' })
    pane.system.texts.set(LEDGER, UNREADABLE)
    await looked(pane)
    expect(pane.seen.banners.at(-1)?.kind).toBe('error')
    pane.system.texts.set(LEDGER, spend('a', 1))
    await looked(pane)
    expect(pane.seen.banners.at(-1)).toEqual({ kind: 'notice', text: 'polling only' })
  })
})

describe('a ledger that begins nearer by', () => {
  it('is followed from then on, as long as there was none where the pane waited', async () => {
    const pane = await opened({})
    expect(pane.seen.last).toMatchObject({ project: null, hasLedger: false })
    pane.system.texts.set(LEDGER, spend('a', 8.1))
    expect(pane.desk.look()).toBe(true)
    expect(pane.seen.last).toMatchObject({ project: 'shop', hasLedger: true, ledgerPath: LEDGER })
  })
})

it('follows settings that a project begins while the pane is open', async () => {
  const pane = await opened({ [LEDGER]: spend('a', 8.1) })
  expect(pane.seen.daily).toBe('8.1/10 warning')
  pane.system.texts.set(LIMITS, limits('100'))
  await looked(pane)
  expect(pane.seen.daily).toBe('8.1/100 ok')
})

it('says that a key of the settings is misspelt as long as it is', async () => {
  const pane = await opened({ [LEDGER]: spend('a', 1), [LIMITS]: 'budgets: { dayly: 3 }\n' })
  expect(pane.seen.last.snapshot.quality.notes.join()).toContain('daily')
})
