import { beforeEach, describe, expect, it } from 'vitest'
import * as backtest from '../../src/commands/backtest.ts'
import { UsageError } from '../../src/commands/command.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { UNREADABLE } from '../kit/memory-ledger.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
  ledger(call1, call2, call3)
})

const run = (words: string): Promise<Answer> => call(backtest, words, system)

async function json(words: string): Promise<Record<string, unknown>> {
  return JSON.parse((await run(`${words} --json`)).stdout)
}

function ledger(...records: Readonly<Record<string, unknown>>[]): void {
  system.texts.set(LEDGER, records.map((record) => `${usage(record)}\n`).join(''))
}

/** A million tokens of input on a model of fifteen dollars. */
const CALL = { model: 'claude-opus-4', input_tokens: 1_000_000, output_tokens: 0, task_type: 'bugfix' }
const call1 = { ...CALL, id: '1', timestamp: '2025-12-15T10:00:00Z' }
const call2 = { ...CALL, id: '2', timestamp: '2025-12-15T11:00:00Z' }
const call3 = { ...CALL, id: '3', timestamp: '2025-12-15T12:00:00Z' }

function limits(yaml: string): void {
  system.texts.set(`${PROJECT}/other.yaml`, yaml)
}

function router(yaml: string): void {
  system.texts.set(`${PROJECT}/router.yaml`, yaml)
}

describe('other limits', () => {
  it('are tried in the place of your own', async () => {
    limits(
      'budgets: { daily: 20, scoped: [{ name: opus, model: "claude-opus-*", daily: 30, action: block }] }\n',
    )
    expect((await run('--limits other.yaml')).stdout).toMatchInlineSnapshot(`
      "Backtest: all time
      as of 2025-12-15 14:30 UTC
      ────────────────────────────────────────────────────────────────────────

      What it would have been
        records                   3
        spent                     $45.00
        would have been           $30.00
        saved, an estimate        $15.00
        of what was spent         33%
        records blocked           1
        saved by blocking         $15.00
        records on another model  0
        saved by that             $0.00

      Budgets
        budget       limit  action  periods  warned  critical  over  after critical
        daily       $20.00  warn          1       1         1     1          $15.00
        opus/daily  $30.00  block         1       1         1     1          $15.00

      What would have been told, the latest first
        budget      since       session  level  at                  most  of limit
        daily       2025-12-15        –  over   2025-12-15 11:00  $45.00      225%
        opus/daily  2025-12-15        –  over   2025-12-15 11:00  $45.00      150%

      Data quality
        every record read, dated and priced
      "
    `)
  })

  it('leave it to your own settings which day is which, unless they say it', async () => {
    system.texts.set(LIMITS, 'timezone: America/Los_Angeles\nbudgets: { daily: 99 }\n')
    ledger({ ...call1, timestamp: '2025-12-15T07:00:00Z' }, call2)
    limits('budgets: { daily: 20 }\n')
    expect(await json('--limits other.yaml')).toMatchObject({
      timezone: 'America/Los_Angeles',
      budgets: [{ budget: 'daily', periods: 2, exceeded: 0 }],
    })
    limits('timezone: UTC\nbudgets: { daily: 20 }\n')
    expect(await json('--limits other.yaml')).toMatchObject({ budgets: [{ periods: 1, exceeded: 1 }] })
  })

  it('are your own when nobody names others', async () => {
    system.texts.set(LIMITS, 'budgets: { monthly: 50 }\n')
    expect(await json('')).toMatchObject({ budgets: [{ budget: 'monthly', warned: 1, critical: 0 }] })
  })
})

describe('another router', () => {
  beforeEach(() => limits('budgets: { daily: 30 }\n'))

  it('lowers from the pressure on, and what that saves counts', async () => {
    router('downgrade: { steps: [{ at: 0.5, model: claude-sonnet-4 }] }\n')
    expect(await json('--limits other.yaml --router router.yaml')).toMatchObject({
      outcome: { cost_usd: 45, would_cost_usd: 21, saved_usd: 24, rerouted_records: 2 },
      reroutes: [{ from: 'claude-opus-4', to: 'claude-sonnet-4', at: 0.5, records: 2, saved_usd: 24 }],
      budgets: [{ exceeded: 1, exceeded_acted: 0 }],
    })
  })

  it('goes by the type of the task where it would go by the prompt', async () => {
    router(
      'rules: [{ pattern: "bug.*", model: claude-3-5-haiku }]\ndowngrade: { steps: [{ at: 0.5, model: claude-sonnet-4 }], protect: bugfix }\n',
    )
    expect(await json('--limits other.yaml --router router.yaml')).toMatchObject({
      outcome: { saved_usd: 42.6 },
      reroutes: [{ to: 'claude-3-5-haiku', at: 'by rule', records: 3 }],
    })
  })
})

describe('what cannot be tried', () => {
  it('names the file as it was named, its line and the fix', async () => {
    limits('budgets:\n  daily: -3\n')
    const { stderr, exitCode } = await run('--limits other.yaml')
    expect(stderr).toContain(`${PROJECT}/other.yaml:2:10: budgets.daily is "-3", which is negative`)
    expect(exitCode).toBe(3)
  })

  it('is what is not there', async () => {
    await expect(run('--limits gone.yaml')).rejects.toThrow(
      new UsageError(`there is no file ${PROJECT}/gone.yaml: name one like cost-limits.yaml`),
    )
  })

  it('is what cannot be read', async () => {
    system.texts.set(LEDGER, UNREADABLE)
    expect(await run('')).toMatchObject({ stdout: '', exitCode: 3 })
  })
})

it('tells of no day but those that were asked for', async () => {
  ledger(call1, { ...call2, timestamp: '2025-12-14T10:00:00Z' })
  expect(await json('--date 2025-12-14')).toMatchObject({ outcome: { records: 1, cost_usd: 15 } })
})

it('says what has no price, and that the truth is more', async () => {
  ledger(call1, { ...call2, model: 'acme-1' })
  const { stdout } = await run('')
  expect(stdout).toMatch(/spent +≥ \$15\.00/)
  expect(stdout).toContain('acme-1')
})

it('prints no foreign text that acts on a terminal', async () => {
  const name = 'a\u001b[2Jb\u202ec\u200bd'
  limits('budgets: { per_session: 1 }\n')
  ledger({ ...call1, session_id: name, model: name, cost_usd: 5 })
  const { stdout } = await run('--limits other.yaml')
  expect(stdout).toContain('2025-12-15')
  expect(stdout).not.toMatch(ACTS_ON_A_TERMINAL)
})
