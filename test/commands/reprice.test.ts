// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import * as check from '../../src/commands/check.ts'
import { UsageError } from '../../src/commands/command.ts'
import * as importing from '../../src/commands/import.ts'
import * as log from '../../src/commands/log.ts'
import { type FakeSystem, LEDGER, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { type Answer, call } from './calling.ts'

const SETTINGS = '/home/u/.config/ai-costs/cost-limits.yaml'

let system: FakeSystem

beforeEach(() => {
  system = world()
})

function world(): FakeSystem {
  const made = fakeSystem()
  let calls = 0
  const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(++calls)
  return Object.assign(made, {
    clock: { ...made.clock, random },
    imports: () => ({ lockInTurn: () => Promise.resolve({ refresh() {}, release() {} }) }),
  })
}

const reprice = (words = ''): Promise<Answer> => call(importing, `--reprice ${words}`, system)

function ledger(...lines: readonly string[]): void {
  system.texts.set(LEDGER, lines.map((line) => `${line}\n`).join(''))
}

const added = (): string[] => (system.texts.get(LEDGER) ?? '').split('\n').slice(0, -1)

/** What was spent today, to the last digit, under a cost mode. */
async function spent(mode: string): Promise<string | undefined> {
  system.texts.set(SETTINGS, `cost_mode: ${mode}\nbudgets: { daily: 1000000 }\n`)
  const { stdout } = await call(check, '--json', system)
  system.texts.delete(SETTINGS)
  return /"spent_usd":\s*([\d.]+)/.exec(stdout)?.[1]
}

/** 100 · $3 + 10 · $15 a million. */
const TODAY = '0.00045'
const old = (fields: Readonly<Record<string, unknown>> = {}): string =>
  usage({ id: 'a', cost_usd: 0.001, cost_source: 'table', ...fields })

describe('import --reprice', () => {
  it('gives what our table priced the price of today, and says how much less that is', async () => {
    ledger(old())
    expect(await reprice()).toEqual({
      stdout: `Repriced 1 of 1 record in ${LEDGER}: $0.0006 less\n`,
      stderr: '',
      exitCode: 0,
    })
    expect(await spent('auto')).toBe(TODAY)
    expect(added()).toHaveLength(2)
  })

  it('says how much more it is, too', async () => {
    ledger(old({ cost_usd: 0.0001 }))
    expect((await reprice()).stdout).toContain('$0.0004 more')
    expect(await spent('auto')).toBe(TODAY)
  })

  it('changes nothing the second time', async () => {
    ledger(old())
    await reprice()
    const before = system.texts.get(LEDGER)
    expect((await reprice()).stdout).toBe(`Nothing to do for ${LEDGER}: 1 record at the prices of today\n`)
    expect(system.texts.get(LEDGER)).toBe(before)
  })

  it('takes the next price from there, and the first one again', async () => {
    ledger(old({ model: 'acme-1' }))
    for (const [input, cost] of [
      ['20', '0.002'],
      ['30', '0.003'],
      ['10', '0.001'],
    ] as const) {
      const prices = `prices: [{ model: acme-1, input: ${input}, output: 0 }]\n`
      system.texts.set('/home/u/.config/ai-costs/prices.yaml', prices)
      await reprice()
      expect(await spent('auto')).toBe(cost)
    }
  })

  it('writes nothing in a dry run', async () => {
    ledger(old())
    const before = system.texts.get(LEDGER)
    expect((await reprice('--dry-run')).stdout).toContain('Would reprice 1 of 1 record')
    expect(system.texts.get(LEDGER)).toBe(before)
  })

  it('leaves alone what a tool reported, what nobody says ours is, and what is older than --since', async () => {
    ledger(
      old({ id: 'tool', cost_source: 'tool' }),
      old({ id: 'foreign', cost_source: undefined }),
      old({ id: 'older', timestamp: '2025-12-13T10:00:00Z' }),
    )
    expect((await reprice('--since 2025-12-14')).stdout).toContain('Nothing to do')
    expect(added()).toHaveLength(3)
  })

  it('writes nothing for records without a cost, because answers price them: says so', async () => {
    ledger(usage({ id: 'a' }), usage({ id: 'b' }))
    expect((await reprice()).stdout).toContain('2 records written without a cost: every answer prices them')
    expect(added()).toHaveLength(2)
    expect(await spent('auto')).toBe('0.0009')
  })

  it('writes the cost down where only recorded costs count', async () => {
    ledger(usage({ id: 'a' }))
    system.texts.set(SETTINGS, 'cost_mode: recorded\n')
    expect((await reprice()).stdout).toContain('$0.0005 more')
    expect(await spent('recorded')).toBe(TODAY)
  })

  it('has nothing to do where every answer asks the table', async () => {
    ledger(old())
    system.texts.set(SETTINGS, 'cost_mode: computed\n')
    expect((await reprice()).stdout).toContain('cost_mode is computed')
    expect(added()).toHaveLength(1)
  })

  it('names models that have no price any more, and keeps what they cost', async () => {
    ledger(old({ model: 'gone-1' }))
    const { stdout, stderr } = await reprice()
    expect(stdout).toContain('Nothing to do')
    expect(stderr).toMatch(/^ai-costs: gone-1 has no price: 1 record, 110 tokens: add to prices\.yaml/)
    expect(added()).toHaveLength(1)
  })

  it('prices what a correction made of a record, and keeps a cost that somebody typed', async () => {
    ledger(old(), old({ id: 'b' }))
    await call(log, 'claude-sonnet-4 200 20 --correct a', system)
    await call(log, 'claude-sonnet-4 100 10 --cost 7 --correct b', system)
    const before = system.texts.get(LEDGER)
    const { stdout } = await reprice()
    expect(stdout).toContain('1 record whose cost somebody typed')
    expect(system.texts.get(LEDGER)).toBe(before)
    expect(await spent('auto')).toBe('7.0009')
  })

  it('counts what it cannot correct for want of an id', async () => {
    ledger(old({ id: undefined }))
    expect((await reprice()).stdout).toContain('1 record without an id')
  })

  it('prints JSON', async () => {
    ledger(old())
    expect(JSON.parse((await reprice('--json')).stdout)).toMatchObject({
      schema: 1,
      repriced: 1,
      more_usd: 0,
      less_usd: 0.00055,
    })
  })

  it('takes no sources, for it imports nothing', async () => {
    await expect(reprice('codex')).rejects.toThrow(UsageError)
    await expect(reprice('--all')).rejects.toThrow('leave out --all')
  })

  it('makes no ledger where there is none', async () => {
    await reprice()
    expect(system.directories.size).toBe(0)
  })

  const count = fc.integer({ min: 0, max: 300_000 })
  const aLine = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      model: fc.constantFrom('claude-sonnet-4', 'claude-sonnet-4-5', 'claude-opus-4-6', 'gpt-5', 'gone-1'),
      hour: fc.integer({ min: 0, max: 13 }),
      input_tokens: count,
      output_tokens: count,
      cache_read_tokens: count,
      cache_write_tokens: count,
      web_search_requests: fc.integer({ min: 0, max: 3 }),
      service_tier: fc.constantFrom(undefined, 'batch', 'priority'),
      aggregate: fc.constantFrom(undefined, true),
      cost: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: null }),
    })
    .map(({ hour, cost, ...rest }) => ({
      ...rest,
      timestamp: `2025-12-15T${String(hour).padStart(2, '0')}:00:00Z`,
      ...(cost === null ? {} : { cost_usd: cost / 1e6, cost_source: 'table' }),
    }))

  it('makes recorded costs exactly those that today would compute, and once more none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aLine, { maxLength: 8 }), async (lines) => {
        system = world()
        ledger(...lines.map(usage))
        const computed = await spent('computed')
        await reprice()
        expect(await spent('auto')).toBe(computed)
        expect(await spent('computed')).toBe(computed)
        const before = system.texts.get(LEDGER)
        await reprice()
        expect(system.texts.get(LEDGER)).toBe(before)
      }),
    )
  })
})
