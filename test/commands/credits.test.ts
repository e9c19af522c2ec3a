import { describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as credits from '../../src/commands/credits.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { call } from './calling.ts'

const CREDITS = `${PROJECT}/.ai-costs/credits.jsonl`

const spend = (at: string, cost: number | undefined, more = {}): string =>
  `${usage({ v: 1, id: at, timestamp: at, cost_usd: cost, ...more })}\n`

/** A shop in UTC, at 14:30 on the 15th. */
function shop(...lines: readonly string[]): FakeSystem {
  return fakeSystem({ [LEDGER]: lines.join(''), [LIMITS]: 'timezone: UTC\n' })
}

async function shown(system: FakeSystem, words = '') {
  const { stdout, exitCode } = await call(credits, `--json ${words}`, system)
  expect(exitCode).toBe(0)
  const { balance, spent, ...rest } = JSON.parse(stdout)
  return { ...rest, balance: { ...balance, ...spent } }
}

describe('credits', () => {
  it('go down by what was used after the very instant at which the balance was set', async () => {
    const system = shop(spend('2025-12-15T14:30:00Z', 5), spend('2025-12-15T10:00:00Z', 3))
    await call(credits, 'set 100', system)
    expect((await shown(system)).balance).toMatchObject({ balance_usd: 100, credited_usd: 100, spent_usd: 0 })
    system.texts.set(LEDGER, `${system.texts.get(LEDGER)}${spend('2025-12-15T14:30:01Z', 1.25)}`)
    system.now += 60_000
    expect((await shown(system)).balance).toMatchObject({
      balance_usd: 98.75,
      spent_usd: 1.25,
      lower_bound: false,
    })
  })

  it('count from the beginning of a day, and grow by top-ups', async () => {
    const system = shop(
      spend('2025-11-30T23:59:59Z', 9),
      spend('2025-12-01T00:00:00Z', 1),
      spend('2025-12-05T10:00:00Z', 2),
    )
    expect((await call(credits, 'set 876 --on 2025-12-01', system)).stdout).toBe(
      'The balance is $876.00 at 00:00 on Mon 1 Dec (UTC)\n',
    )
    expect((await call(credits, 'add $100.50 --on 2025-12-04', system)).stdout).toBe(
      'Added $100.50 at 00:00 on Thu 4 Dec (UTC)\n',
    )
    const { balance, days, entries } = await shown(system)
    expect(balance).toMatchObject({
      balance_usd: 973.5,
      credited_usd: 976.5,
      spent_usd: 3,
      since: '2025-12-01T00:00:00Z',
    })
    expect(days.map(({ day, balance_usd }: Record<string, unknown>) => [day, balance_usd])).toEqual([
      ['2025-12-01', 875],
      ['2025-12-04', 975.5],
      ['2025-12-05', 973.5],
    ])
    expect(entries).toHaveLength(2)
  })

  it('go down by the models that they are for alone', async () => {
    const system = shop(
      spend('2025-12-02T10:00:00Z', 1),
      spend('2025-12-03T10:00:00Z', 2, { model: 'gpt-5' }),
    )
    await call(credits, 'set 10 --on 2025-12-01 --model claude-*', system)
    const answer = await shown(system)
    expect([answer.balance.spent_usd, answer.filters]).toEqual([1, { model: 'claude-*' }])
  })

  it('last as the last four weeks went, idle days included', async () => {
    const days = ['06', '08', '14'].map((day) => spend(`2025-12-${day}T10:00:00Z`, 3))
    const system = shop(...days)
    await call(credits, 'set 20 --on 2025-12-15', system)
    // Nine dollars in the nine days before today.
    expect((await shown(system)).balance).toMatchObject({
      per_day_usd: 1,
      days_left: 20,
      runs_out_on: '2026-01-04',
    })
  })

  it('foretell nothing before three days with spend', async () => {
    const system = shop(spend('2025-12-13T10:00:00Z', 3), spend('2025-12-14T10:00:00Z', 3))
    await call(credits, 'set 20', system)
    expect((await shown(system)).balance).toMatchObject({
      per_day_usd: null,
      days_left: null,
      runs_out_on: null,
    })
  })

  it('say when they are used up, and when less may be left than can be told', async () => {
    const system = shop(
      spend('2025-12-14T10:00:00Z', 3),
      spend('2025-12-14T11:00:00Z', undefined, { model: 'acme' }),
    )
    await call(credits, 'set 2 --on 2025-12-14', system)
    const { balance, data_quality } = await shown(system)
    expect(balance).toMatchObject({ balance_usd: -1, lower_bound: true })
    expect(data_quality.notes).toEqual([
      'the balance is used up: top it up, and say so with ai-costs credits add AMOUNT',
      'less may be left, and for fewer days: something that was used has no price',
      expect.stringContaining('no ANTHROPIC_API_KEY is set here'),
    ])
  })

  it('tell a key from a subscription by whether one is set, and never show it', async () => {
    const system = shop()
    await call(credits, 'set 20', system)
    expect((await shown(system)).balance.paid_by).toBe('subscription')
    system.variables['ANTHROPIC_API_KEY'] = 'sk-ant-0123456789'
    const { stdout, stderr } = await call(credits, '', system)
    expect(stdout).toMatch(/paid by +API key/)
    expect(stdout + stderr).not.toContain('sk-ant')
  })

  it('as of an instant are those that were on record for it', async () => {
    const system = shop(spend('2025-12-02T10:00:00Z', 1), spend('2025-12-10T10:00:00Z', 1))
    await call(credits, 'set 20 --on 2025-12-01', system)
    await call(credits, 'add 5 --on 2025-12-05', system)
    expect((await shown(system, '--now 2025-12-04T00:00:00Z')).balance).toMatchObject({
      balance_usd: 19,
      credited_usd: 20,
    })
  })

  it('without a balance say how to begin one, and that damaged lines count for nothing', async () => {
    const system = shop()
    const { stdout, stderr, exitCode } = await call(credits, '', system)
    expect([stdout.includes('left                    –'), stderr, exitCode]).toEqual([
      true,
      'No balance is on record: ai-costs credits set AMOUNT begins it.\n',
      0,
    ])
    system.texts.set(CREDITS, 'garbage\n')
    expect((await shown(system)).data_quality.notes[0]).toContain(
      '1 of the lines in credits.jsonl cannot be read',
    )
  })

  it('hold a plan’s fee against what this month’s use would have cost by the token', async () => {
    const system = shop(spend('2025-11-30T10:00:00Z', 50), spend('2025-12-14T10:00:00Z', 30))
    system.texts.set(
      '/home/u/.config/ai-costs/billing.json',
      '{ "subscription": { "plan": "max", "monthly_fee_usd": 100 } }',
    )
    expect((await shown(system)).plan).toMatchObject({
      plan: 'max',
      monthly_fee_usd: 100,
      api_equivalent_usd: 30,
      ratio: 0.3,
    })
  })

  it('put one line on record, as JSON with --json', async () => {
    const system = shop()
    const { stdout } = await call(credits, 'add 5 --json', system)
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'add',
      amount_usd: 5,
      timestamp: '2025-12-15T14:30:00Z',
    })
    expect(system.texts.get(CREDITS)).toMatch(/^\{"v":1,"id":"\w{26}",.*"amount_usd":5\}\n$/)
  })

  it('are not saved through a link that may have come with a clone', async () => {
    const system = shop()
    system.links.add(`${PROJECT}/.ai-costs`)
    const { stderr, exitCode } = await call(credits, 'set 5', system)
    expect([exitCode, stderr.includes('is a symbolic link, nothing was saved')]).toEqual([1, true])
  })

  test.each<[words: string, message: string]>([
    ['set', 'AMOUNT is missing: write it like ai-costs credits set 876'],
    ['add', 'AMOUNT is missing: write it like ai-costs credits add 100'],
    ['add 0', '"0" is no amount of dollars'],
    ['add -5', '"-5" is no amount of dollars'],
    ['set 1e3', '"1e3" is no amount of dollars'],
    ['set 1,000', '"1,000" is no amount of dollars'],
    ['add 0.0000001', 'is no amount of dollars'],
    ['set 5 --on 2025-12-16', '--on is a day to come'],
    ['set 5 --on soon', '--on is no day'],
    ['add 5 --model x', 'credits add takes no --model'],
    ['set 5 --model=', '--model is empty'],
    ['set 5 --now 2025-12-01T00:00:00Z', 'credits set takes no --now'],
    ['show 5', 'credits show takes no 5'],
    ['--on today', 'credits show takes no --on'],
    ['spend 5', 'there is no "credits spend": use one of show, set, add'],
  ])('refuse %s', async (words, message) => {
    const refused = async () => call(credits, words, shop())
    await expect(refused()).rejects.toThrow(UsageError)
    await expect(refused()).rejects.toThrow(message)
  })
})
