import { expect, test } from 'vitest'
import * as credits from '../../src/commands/credits.ts'
import { callOf } from '../../src/commands/desk.ts'
import { LiveBilling } from '../../src/commands/live-billing.ts'
import { LiveDesk } from '../../src/commands/live-desk.ts'
import * as status from '../../src/commands/status.ts'
import type { Dashboard } from '../../src/core/dashboard.ts'
import { decimalText } from '../../src/core/money.ts'
import { type FakeSystem, LEDGER, LIMITS, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { call } from './calling.ts'

const BILLING = '/home/u/.config/ai-costs/billing.json'
const nothing = (): void => {}

const spend = (at: string, cost: number, more = {}): string =>
  `${usage({ v: 1, id: at, timestamp: at, cost_usd: cost, ...more })}\n`

/** A shop in UTC, at 14:30 on the 15th. */
function shop(lines: readonly string[], texts: Readonly<Record<string, string>> = {}): FakeSystem {
  return fakeSystem({ [LEDGER]: lines.join(''), [LIMITS]: 'timezone: UTC\n', ...texts })
}

interface World {
  readonly system: FakeSystem
  readonly desk: LiveDesk
  readonly billing: LiveBilling
  readonly shown: Dashboard[]
}

async function opened(system: FakeSystem): Promise<World> {
  const shown: Dashboard[] = []
  const invoked = Object.assign(callOf({ arguments: [], options: {} }, system), { raisesAlerts: false })
  const billing = new LiveBilling(
    invoked,
    system,
    () => desk.ground,
    (dashboard) => void shown.push(dashboard),
  )
  const desk: LiveDesk = new LiveDesk(invoked, system, {
    show: (dashboard) => billing.show(dashboard),
    banner: nothing,
    progress: nothing,
    tick: nothing,
    style: nothing,
    changed: nothing,
  })
  await desk.start()
  return { system, desk, billing, shown }
}

/** Does all that is waiting, and what comes of it. */
async function idle({ system }: World): Promise<void> {
  while (system.waiting.length > 0) system.waiting.shift()?.()
  await import('../../src/settings/billing.ts')
  await new Promise<void>((resolve) => void setImmediate(resolve))
}

async function minute(world: World): Promise<void> {
  world.system.now += 60_000
  world.desk.look()
  world.desk.minute()
  world.billing.minute()
  await idle(world)
}

/** What the latest numbers say of plan and credits. */
function paidIn({ shown }: World) {
  const { plan, credits: left } = shown.at(-1)!
  return {
    plan: plan && `${plan.plan} ${plan.fee === null ? '?' : decimalText(plan.fee)}`,
    used: plan && decimalText(plan.apiEquivalent),
    left: left && decimalText(left.left),
    days: left && left.days,
  }
}

test('the first numbers are shown before anybody looks for a plan or credits', async () => {
  const system = shop([spend('2025-12-15T10:00:00Z', 3)], {
    [BILLING]: '{"subscription": {"plan": "max", "monthly_fee_usd": 200}}',
  })
  const world = await opened(system)
  expect(world.shown).toHaveLength(1)
  expect(paidIn(world)).toMatchObject({ plan: null, left: null })
  await idle(world)
  expect(paidIn(world)).toMatchObject({ plan: 'max 200', used: '3' })
})

test('a plan is held against what this month cost, at every change of the ledger', async () => {
  const system = shop([spend('2025-11-30T10:00:00Z', 50), spend('2025-12-01T00:00:00Z', 4)], {
    [BILLING]: '{"subscription": {"plan": "max", "monthly_fee_usd": 200}}',
  })
  const world = await opened(system)
  await idle(world)
  expect(paidIn(world).used).toBe('4')
  system.texts.set(LEDGER, `${system.texts.get(LEDGER)}${spend('2025-12-15T14:30:00Z', 1.5)}`)
  world.desk.look()
  expect(paidIn(world).used).toBe('5.5')
})

test('a plan of which only the name is known has no fee', async () => {
  const world = await opened(shop([], { [LIMITS]: 'timezone: UTC\nbilling: { plan: pro }\n' }))
  await idle(world)
  expect(paidIn(world).plan).toBe('pro ?')
})

test('a plan that is set or taken away while the pane is open counts from the next minute on', async () => {
  const world = await opened(shop([spend('2025-12-15T10:00:00Z', 3)]))
  await idle(world)
  world.system.texts.set(BILLING, '{"subscription": {"plan": "max", "monthly_fee_usd": 100}}')
  await minute(world)
  expect(paidIn(world).plan).toBe('max 100')
  world.system.texts.delete(BILLING)
  await minute(world)
  expect(paidIn(world).plan).toBeNull()
})

test('a broken billing.json is said, and the numbers stay', async () => {
  const world = await opened(shop([spend('2025-12-15T10:00:00Z', 3)], { [BILLING]: '{"subscription": 3}' }))
  await idle(world)
  expect(world.shown.at(-1)?.snapshot.quality.notes).toContain(
    'a billing.json is broken: ai-costs invoice says where',
  )
  expect(world.shown.at(-1)?.snapshot.records).toBe(1)
})

test('credits go down by what came after the very instant at which they were set, and say how long they last', async () => {
  const days = ['10', '11', '12', '13', '14'].map((day) => spend(`2025-12-${day}T09:00:00Z`, 2))
  const system = shop([...days, spend('2025-12-15T10:00:00Z', 3)])
  await call(credits, 'set 100', system)
  const world = await opened(system)
  await idle(world)
  expect(paidIn(world)).toMatchObject({ left: '100', days: 50 })
  system.texts.set(LEDGER, `${system.texts.get(LEDGER)}${spend('2025-12-15T14:30:30Z', 1.25)}`)
  await minute(world)
  expect(paidIn(world)).toMatchObject({ left: '98.75', days: 49 })
})

test('credits that are set, added to and set anew while the pane is open count from the next minute on', async () => {
  const world = await opened(shop([spend('2025-12-14T10:00:00Z', 3)]))
  await idle(world)
  expect(paidIn(world).left).toBeNull()
  await call(credits, 'set 50 --on 2025-12-14', world.system)
  await minute(world)
  expect(paidIn(world).left).toBe('47')
  await call(credits, 'add 10', world.system)
  await minute(world)
  expect(paidIn(world).left).toBe('57')
  await call(credits, 'set 20', world.system)
  await minute(world)
  expect(paidIn(world).left).toBe('20')
})

test('credits for some models go down by what those cost', async () => {
  const system = shop([
    spend('2025-12-15T10:00:00Z', 3, { model: 'claude-opus-5' }),
    spend('2025-12-15T11:00:00Z', 5, { model: 'gpt-5' }),
  ])
  await call(credits, 'set 50 --on 2025-12-15 --model claude-*', system)
  const world = await opened(system)
  await idle(world)
  expect(paidIn(world).left).toBe('47')
})

test('a closed pane shows nothing more', async () => {
  const system = shop([spend('2025-12-15T10:00:00Z', 3)])
  await call(credits, 'set 50', system)
  const world = await opened(system)
  world.billing.close()
  await idle(world)
  expect(world.shown).toHaveLength(1)
})

test('status says the same as the pane, and the latest alert', async () => {
  const system = shop([spend('2025-12-15T10:00:00Z', 3)], {
    [BILLING]: '{"subscription": {"plan": "max", "monthly_fee_usd": 2}}',
  })
  await call(credits, 'set 50 --on 2025-12-15', system)
  system
    .alertLog('', '.ai-costs/alerts.log')
    .append('{"v":1,"id":"a1","timestamp":"2025-12-15T12:00:00Z","kind":"mark","message":"over the mark"}')
  const { stdout } = await call(status, '', system)
  expect(stdout).toMatch(/^Plan +max \$2\.00\/month · \$3\.00 at API prices this month \(1\.5×\)$/m)
  expect(stdout).toMatch(/^Credits +\$47\.00 left$/m)
  expect(stdout).toMatch(/^Last +12:00 over the mark$/m)
})
