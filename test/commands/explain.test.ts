import { beforeEach, describe, expect, it, test } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as explain from '../../src/commands/explain.ts'
import * as log from '../../src/commands/log.ts'
import { type FakeSystem, LEDGER, LIMITS, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
})

const run = (words: string): Promise<Answer> => call(explain, words, system)

function ledger(...records: Readonly<Record<string, unknown>>[]): void {
  system.texts.set(LEDGER, records.map((record) => `${usage(record)}\n`).join(''))
}

async function json(words: string): Promise<Record<string, unknown>> {
  return JSON.parse((await run(`${words} --json`)).stdout)
}

const EXAMPLE = {
  id: 'one',
  input_tokens: 12_000,
  output_tokens: 4_500,
  cache_read_tokens: 8_000,
  cache_write_tokens: 3_000,
}

describe('a record', () => {
  it('is its tokens at the prices of its day, kind by kind', async () => {
    ledger(EXAMPLE)
    expect((await run('one')).stdout).toMatchInlineSnapshot(`
      "record one: $0.11715

      claude-sonnet-4, 2025-12-15T10:00:00Z, session s1
        input                  12,000 × $3.00 per million                     $0.036
        output                  4,500 × $15.00 per million                   $0.0675
        cache read              8,000 × $0.30 per million                    $0.0024
        cache write             3,000 × $3.75 per million                   $0.01125
        computed        by the price table                                  $0.11715
        counts          computed, because no cost was recorded              $0.11715
        price of claude-sonnet-4, always, shipped: https://platform.claude.com/docs/en/about-claude/pricing
      "
    `)
  })

  it('says what a tier, a factor and a search did to it', async () => {
    ledger({
      id: 'long',
      timestamp: '2025-12-15T09:00:00Z',
      model: 'claude-opus-4-6',
      input_tokens: 250_000,
      output_tokens: 0,
      service_tier: 'batch',
      inference_geo: 'us',
      web_search_requests: 2,
    })
    const { stdout } = await run('long')
    expect(stdout).toMatch(/input +250,000 × \$10\.00 per million +\$2\.50\n/)
    expect(stdout).toMatch(/web search +2 × \$10\.00 per thousand +\$0\.02\n/)
    expect(stdout).toMatch(/factors +batch ×0\.5, us ×1\.1 +-\$1\.125\n/)
    expect(stdout).toContain('250,000 tokens of input, cache reads and writes are more than 200,000')
  })

  test.each([
    ['auto', undefined, 'recorded, because cost_mode is auto', 0.2],
    ['computed', undefined, 'computed, because cost_mode is computed', 0.11715],
    ['recorded', undefined, 'recorded, because cost_mode is recorded', 0.2],
  ])(
    'under cost_mode %s says which of two costs counts, and that they differ',
    async (mode, _, reason, cost) => {
      system.texts.set('/home/u/.config/ai-costs/cost-limits.yaml', `cost_mode: ${mode}\n`)
      ledger({ ...EXAMPLE, cost_usd: 0.2, cost_source: 'tool' })
      const { stdout } = await run('one')
      expect(stdout).toMatch(/recorded +by the tool +\$0\.20\n/)
      expect(stdout).toContain(reason)
      expect(stdout).toContain('the recorded cost is $0.08285 more than the computed one')
      expect((await json('one'))['records']).toMatchObject([
        { cost_usd: cost, recorded_minus_computed_usd: 0.08285 },
      ])
    },
  )

  it('comes with what corrects it', async () => {
    await call(log, 'claude-sonnet-4 12000 4500 --id one --session s1', system)
    await call(log, 'claude-sonnet-4 10000 4500 --correct one', system)
    const { stdout } = await run('one')
    expect(stdout).toContain('record one: $0.0975 with its adjustment')
    expect(stdout).toMatch(/input +-2,000 × \$3\.00 per million +-\$0\.006\n/)
    expect(stdout).toContain('an adjustment is worth what it says')
  })

  it('without a price is not free, and says how to price it', async () => {
    ledger({ id: 'one', model: 'acme-1' })
    const { stdout } = await run('one')
    expect(stdout).toContain('record one: ≥ $0.00')
    expect(stdout).toContain('unpriced, which is not free: add to prices.yaml')
  })

  it('of several lines is what they say together', async () => {
    ledger({ ...EXAMPLE, output_tokens: 1 }, EXAMPLE)
    expect(await json('one')).toMatchObject({ models: [{ records: 1, cost_usd: 0.11715 }] })
  })
})

describe('a session', () => {
  beforeEach(() => {
    ledger(
      { session_id: 's1', id: 'a', model: 'claude-sonnet-4', input_tokens: 1_000_000, output_tokens: 0 },
      {
        session_id: 's1',
        id: 'b',
        model: 'claude-3-5-haiku',
        timestamp: '2024-12-02T10:00:00Z',
        input_tokens: 1000,
        output_tokens: 0,
      },
      {
        session_id: 's1',
        id: 'c',
        model: 'claude-3-5-haiku',
        timestamp: '2024-12-03T10:00:00Z',
        input_tokens: 1000,
        output_tokens: 0,
      },
      {
        session_id: 's1',
        id: 'd',
        model: 'claude-sonnet-4',
        input_tokens: 1000,
        output_tokens: 0,
        cost_usd: 0.5,
      },
      { session_id: 's2', id: 'e', model: 'acme-1', timestamp: '2025-12-15T11:00:00Z' },
    )
  })

  it('is its records by model, each priced by its own day', async () => {
    const { stdout } = await run('s1')
    expect(stdout).toContain('session s1: $3.5018, 4 records, each priced by itself')
    expect(stdout).toMatch(/claude-sonnet-4, 2 records\n +input +1,001,000 × \$3\.00 per million +\$3\.003\n/)
    expect(stdout).toMatch(
      /input +1,000 × \$0\.80 per million +\$0\.0008\n +input +1,000 × \$1\.00 per million +\$0\.001\n/,
    )
    expect(stdout).toContain('1 recorded $0.50 where the table says $0.003')
    expect(stdout).toMatch(/counts +1 recorded, 1 computed +\$3\.50\n/)
  })

  it('is the current one when none is named', async () => {
    expect(await json('')).toMatchObject({
      session: 's2',
      models: [{ model: 'acme-1', unpriced: 1, lower_bound: true }],
    })
  })

  it('as of --now has no later records', async () => {
    expect(await json('s1 --now 2024-12-02T12:00:00Z')).toMatchObject({
      models: [{ records: 1, cost_usd: 0.001 }],
    })
  })
})

describe('a session goes by the short name that check prints', () => {
  const UUID = '0198c1f0-aaaa-7bbb-8ccc-0123456789ab'
  const OTHER = '0198c1f0-aaaa-7bbb-8ccc-fedcba987654'
  const NAMED = 'refactor-the-billing-module'

  test.each([
    ['eight characters of a UUID', [UUID, NAMED], '0198c1f0', UUID],
    ['the beginning of a long name', [UUID, NAMED], 'refactor-the-b…', NAMED],
    ['the same as an old terminal shows it', [UUID, NAMED], 'refactor-the-b~', NAMED],
    ['any beginning that only one has', [UUID, NAMED], 'refac', NAMED],
    ['the part that differs', [UUID, OTHER], '…fedcba9', OTHER],
  ])('%s', async (_, ids, name, id) => {
    ledger(...ids.map((session_id) => ({ session_id, id: `r-${session_id}` })))
    expect(await json(name)).toMatchObject({ session: id })
  })

  it.each([
    ['a name that two have', '0198', /may be 0198c1f0.* or 0198c1f0.*: write more of it/],
    ['a name that none has', 'zzz', /there is no record or session "zzz": today there are /],
  ])('refuses %s', async (_, name, message) => {
    ledger({ session_id: UUID }, { session_id: OTHER })
    const error: unknown = await run(name).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect(String(error)).toMatch(message)
  })

  it('without any record of today asks for an id', async () => {
    await expect(run('')).rejects.toThrow('ai-costs explain ID')
  })
})

it('cannot tell with broken settings or an unreadable ledger', async () => {
  system.texts.set(LEDGER, UNREADABLE)
  expect(await run('s1')).toMatchObject({ stdout: '', exitCode: 3 })
  system.texts.set(LIMITS, 'budgets: [')
  expect(await run('s1')).toMatchObject({ stdout: '', exitCode: 3 })
})

it('prints nothing that acts on a terminal', async () => {
  ledger({ session_id: 'a\u001b[2Jb', model: 'm\u202e', id: 'x\u009b', service_tier: 'batch' })
  const answers = await Promise.all(['', 'x\u009b', '--json'].map(run))
  for (const { stdout } of answers) expect(stdout).not.toMatch(ACTS_ON_A_TERMINAL)
})
