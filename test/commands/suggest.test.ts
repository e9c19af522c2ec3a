import { beforeEach, describe, expect, it } from 'vitest'
import * as compare from '../../src/commands/compare.ts'
import { UsageError } from '../../src/commands/command.ts'
import * as suggest from '../../src/commands/suggest.ts'
import { type FakeSystem, LEDGER, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
})

const run = (words: string): Promise<Answer> => call(suggest, words, system)

/** Of how many days a limit was made. */
async function daysBehind(words: string): Promise<unknown> {
  return JSON.parse((await run(`${words} --json`)).stdout).limits[0].count
}

/** A dollar on each of so many days up to yesterday. */
function history(days: number, fields: Readonly<Record<string, unknown>> = {}): void {
  const lines = Array.from({ length: days }, (_, nth) =>
    usage({
      id: `${nth}`,
      session_id: `s${nth}`,
      timestamp: new Date(system.now - (nth + 1) * 86_400_000).toISOString(),
      cost_usd: 1,
      ...fields,
    }),
  )
  system.texts.set(LEDGER, lines.map((line) => `${line}\n`).join(''))
}

describe('suggest limits', () => {
  it('prints a file to paste', async () => {
    history(80)
    const { stdout, stderr, exitCode } = await run('')
    expect({ stdout, stderr, exitCode }).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "# cost-limits.yaml, from what was spent 2025-09-17 to 2025-12-15.
      # Nine of ten of your own days, whole weeks, whole months and sessions stayed below these limits.
      budgets:
        daily: 1.50 # 80 active days, half up to $1.00, the dearest $1.00, 0 over this
        weekly: 7.50 # 12 whole weeks, half up to $7.00, the dearest $7.00, 0 over this
        monthly: 35.00 # 2 whole months, half up to $30.00, the dearest $31.00, 0 over this
        per_session: 1.50 # 80 sessions, half up to $1.00, the dearest $1.00, 0 over this
      alerts:
        threshold_warning: 0.70
        threshold_critical: 0.95
      ",
      }
    `)
  })

  it('says nothing, and why, when there is too little to go by', async () => {
    history(3)
    expect(await run('limits')).toEqual({
      stdout: '',
      stderr:
        'There is too little history to suggest limits: use your tools for a week, or look further back with --all.\n',
      exitCode: 0,
    })
  })

  it('looks back 90 days, or as far as it is told', async () => {
    history(200)
    expect(await daysBehind('')).toBe(89)
    expect(await daysBehind('--all')).toBe(200)
    expect(await daysBehind('--since 2025-12-08')).toBe(7)
  })

  it('tells the numbers behind it in any format', async () => {
    history(80)
    expect((await run('limits --format csv --section limits')).stdout.split('\n')[1]).toMatch(
      /^daily,1.5,80,1,1,1,/,
    )
  })
})

describe('suggest savings', () => {
  it('says where, with the numbers behind it', async () => {
    system.texts.set(
      `${PROJECT}/.ai-config/model-router.yaml`,
      'rules: [{ pattern: format, model: claude-3-5-haiku }]\n',
    )
    history(12, {
      model: 'claude-opus-4',
      input_tokens: 100_000,
      output_tokens: 0,
      cost_usd: 1.5,
      task_type: 'format',
    })
    const { stdout } = await run('savings --json')
    expect(JSON.parse(stdout)).toMatchObject({
      report: 'suggest-savings',
      ruled_tasks: [
        {
          task_type: 'format',
          ruled_model: 'claude-3-5-haiku',
          cost_usd: 18,
          would_cost_usd: 0.96,
          saved_usd: 17.04,
        },
      ],
      cache: [{ model: 'claude-opus-4', cache_hit_ratio: 0, saved_usd: 9.72 }],
    })
  })

  it('says so when nothing stands out, or there is nothing', async () => {
    expect((await run('savings')).stdout).toContain('nothing stands out')
  })
})

it.each([
  [suggest, 'wonders', '"wonders" cannot be suggested: ask for limits or savings'],
  [compare, 'apples', '"apples" cannot be compared: ask for models or tools'],
])('says what there is to ask for', async (command, what, message) => {
  await expect((async () => call(command, what, system))()).rejects.toThrow(new UsageError(message))
})

it('compares models by type of task', async () => {
  history(3, { task_type: 'fix', model: 'claude-sonnet-4' })
  const { stdout } = await call(compare, '--json', system)
  expect(JSON.parse(stdout)).toMatchObject({
    report: 'compare-models',
    task_types: [{ task_type: 'fix', model: 'claude-sonnet-4', cost_per_session_usd: 1, sessions: 3 }],
  })
})
