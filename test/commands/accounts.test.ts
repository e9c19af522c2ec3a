import { describe, expect, it, test } from 'vitest'
import { Accounts, NOTHING_READ, type JudgingSettings, foldsAlike } from '../../src/commands/accounts.ts'
import { BUILT_IN_LIMITS } from '../../src/settings/defaults.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'
import { aBudget, share } from '../kit/a-budget.ts'

const SETTINGS: JudgingSettings = { ...BUILT_IN_LIMITS, prices: [] }
const price = {
  block: { model: 'acme', input: '1', output: '2' },
  fromProject: false,
  source: 'prices.yaml:1',
}

function accountsOf(settings: JudgingSettings, zone = 'Europe/Berlin'): Accounts {
  return new Accounts(settings, NOTHING_READ, () => zone, systemPrices)
}

describe('a ledger that is folded goes on after a change of settings', () => {
  test.each<[what: string, change: Partial<JudgingSettings>]>([
    ['limits', { budgets: [aBudget('daily', '1'), aBudget('weekly', '2', { model: 'x' })] }],
    ['thresholds', { thresholdWarning: share('0.5') }],
    ['on_unpriced', { onUnpriced: 'fail' }],
    [
      'the limit of a per-session budget',
      { budgets: [...SETTINGS.budgets.slice(0, 3), aBudget('per_session', '9')] },
    ],
    ['notifications', { notifications: { ...SETTINGS.notifications, desktop: false } }],
  ])('%s', (_, change) => {
    expect(foldsAlike(accountsOf(SETTINGS), accountsOf({ ...SETTINGS, ...change }))).toBe(true)
  })
})

describe('a ledger must be read again for a change of', () => {
  test.each<[what: string, change: Partial<JudgingSettings>]>([
    ['the zone', { timezone: 'Asia/Tokyo' }],
    ['the zone to that of the machine', { timezone: 'local' }],
    ['the first day of the week', { weekStartsOn: 0 }],
    ['cost_mode', { costMode: 'computed' }],
    ['a price', { prices: [price] }],
    ['the scope of a per-session budget', { budgets: [aBudget('per_session', '2', { model: 'opus*' })] }],
  ])('%s', (_, change) => {
    expect(foldsAlike(accountsOf(SETTINGS), accountsOf({ ...SETTINGS, ...change }))).toBe(false)
  })

  it('who wrote a price', () => {
    const [own, theirs] = [price, { ...price, fromProject: true }].map((one) =>
      accountsOf({ ...SETTINGS, prices: [one] }),
    )
    expect(own && theirs && foldsAlike(own, theirs)).toBe(false)
  })

  it('one price for another', () => {
    const dearer = { ...price, block: { ...price.block, input: '3' } }
    expect(
      foldsAlike(accountsOf({ ...SETTINGS, prices: [price] }), accountsOf({ ...SETTINGS, prices: [dearer] })),
    ).toBe(false)
  })
})

function isFreeIfAProjectSaysSo(model: string): boolean {
  const brought = { ...price, block: { model, input: '0', output: '0' }, fromProject: true }
  const { prices } = accountsOf({ ...SETTINGS, prices: [price, brought] })
  return prices.priceOf(model, null)?.rates.input === 0n
}

describe('a price that a project brings', () => {
  test.each<[model: string, counts: boolean]>([
    ['acme-2', true],
    ['acme', false],
    ['claude-opus-4', false],
    ['anthropic/claude-opus-4', false],
  ])('of %s counts: %s', (model, counts) => {
    expect(isFreeIfAProjectSaysSo(model)).toBe(counts)
  })
})

const never = (): string => {
  throw new Error('nobody wanted to know')
}

it('the zone of the machine is asked for only when the settings say local', () => {
  expect(new Accounts(SETTINGS, NOTHING_READ, never, systemPrices).calendar.zone).toBe('UTC')
  expect(accountsOf({ ...SETTINGS, timezone: 'local' }).calendar.zone).toBe('Europe/Berlin')
})

test('a ledger must be read again after an update of the prices', () => {
  let stamp = ''
  const prices = { ...systemPrices, updatedStamp: () => stamp }
  const before = new Accounts(SETTINGS, NOTHING_READ, () => 'UTC', prices)
  const alike = new Accounts(SETTINGS, NOTHING_READ, () => 'UTC', prices)
  stamp = 'updated'
  const after = new Accounts(SETTINGS, NOTHING_READ, () => 'UTC', prices)
  expect([foldsAlike(before, alike), foldsAlike(before, after)]).toEqual([true, false])
  expect(before.terms).not.toEqual(after.terms)
})
