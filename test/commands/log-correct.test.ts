import * as fc from 'fast-check'
import { beforeEach, describe, expect, it, test } from 'vitest'
import * as check from '../../src/commands/check.ts'
import { UsageError } from '../../src/commands/command.ts'
import * as log from '../../src/commands/log.ts'
import { decodeRecord } from '../../src/core/decode.ts'
import { type FakeSystem, LEDGER, LIMITS, fakeSystem } from '../kit/fake-system.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
  let calls = 0
  // Ids differ as they do in life, where two of the same millisecond have other random bytes.
  const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(++calls)
  Object.assign(system, { clock: { ...system.clock, random } })
})

const run = (words: string): Promise<Answer> => call(log, words, system)

function lines(): Record<string, unknown>[] {
  return (system.texts.get(LEDGER) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line))
}

describe('a correction', () => {
  const LABELS =
    '--session s --project p --tool codex --task-type fix --task-id T --project-code C --branch b --enhancement E --machine m --note why'

  beforeEach(async () => {
    await run(`claude-sonnet-4 12000 4500 --id first ${LABELS} --timestamp 2025-12-14T09:00:00Z`)
  })

  it('leaves it to its task, whatever is worked on now', async () => {
    system.variables['CMAT_CURRENT_TASK_ID'] = 'now'
    await run('claude-sonnet-4 10000 4000 --correct first')
    expect(lines().at(-1)).toMatchObject({ corrects: 'first', task_id: 'T' })
  })

  it('is one adjustment with the labels and the instant of what it corrects', async () => {
    const answer = await run('claude-sonnet-4 10000 4000 --correct first')
    expect(answer).toEqual({
      stdout:
        'Corrected: $0.09 (claude-sonnet-4, 10000in/4000out), was $0.1035 (claude-sonnet-4, 12000in/4500out)\n',
      stderr: '',
      exitCode: 0,
    })
    expect(lines()).toHaveLength(2)
    // 2000 · $3 + 500 · $15 a million
    expect(lines()[1]).toMatchObject({
      kind: 'adjustment',
      corrects: 'first',
      timestamp: '2025-12-14T09:00:00Z',
      session_id: 's',
      project: 'p',
      tool: 'codex',
      task_type: 'fix',
      task_id: 'T',
      project_code: 'C',
      branch: 'b',
      enhancement: 'E',
      machine: 'm',
      note: 'why',
      input_tokens: -2000,
      output_tokens: -500,
      cost_usd: -0.0135,
      cost_source: 'table',
    })
    expect(lines()[1]?.['id']).not.toBe('first')
    expect(decodeRecord(lines()[1]).kind).toBe('record')
  })

  it('that is right already appends nothing and says so, however often', async () => {
    const { stdout } = await run('claude-sonnet-4 12000 4500 --correct first')
    expect(stdout).toBe('Nothing to correct: it is $0.1035 (claude-sonnet-4, 12000in/4500out) already\n')
    expect(lines()).toHaveLength(1)
    await run('claude-sonnet-4 7 5 --correct first --cost 0.2')
    const before = system.texts.get(LEDGER)
    const again = await run('claude-sonnet-4 7 5 --correct first --cost 0.2')
    expect(again).toEqual({
      stdout: 'Nothing to correct: it is $0.20 (claude-sonnet-4, 7in/5out) already\n',
      stderr: '',
      exitCode: 0,
    })
    expect(system.texts.get(LEDGER)).toBe(before)
  })

  it('counts from what the corrections before have left', async () => {
    await run('claude-sonnet-4 10000 4500 --correct first')
    await run('claude-sonnet-4 11000 4500 --correct first')
    expect(lines().map((line) => line['input_tokens'])).toEqual([12000, -2000, 1000])
    expect(lines()[2]).toMatchObject({ cost_usd: 0.003 })
  })

  it('counts from the record that all lines of its id make together', async () => {
    await run('claude-sonnet-4 15000 100 --id first --session s')
    await run('claude-sonnet-4 14000 4500 --correct first')
    expect(lines().at(-1)).toMatchObject({ input_tokens: -1000, output_tokens: 0 })
  })

  it('takes what is typed over what it corrects', async () => {
    await run(
      'claude-sonnet-4 12000 4500 --correct first --cost 0.09 --project other --duration 3 --timestamp 2025-12-15',
    )
    expect(lines().slice(1)).toMatchObject([
      { project: 'p', timestamp: '2025-12-14T09:00:00Z', input_tokens: -12000, cost_usd: -0.1035 },
      {
        project: 'other',
        session_id: 's',
        input_tokens: 12000,
        cost_usd: 0.09,
        cost_source: 'tool',
        duration_seconds: 3,
        timestamp: '2025-12-15T00:00:00Z',
      },
    ])
    await run('claude-sonnet-4 12000 4400 --correct first')
    expect(lines().at(-1)).toMatchObject({
      project: 'other',
      timestamp: '2025-12-15T00:00:00Z',
      output_tokens: -100,
    })
  })

  it('leaves counts alone that were not typed', async () => {
    system.texts.set(
      LEDGER,
      `${JSON.stringify({ v: 1, id: 'search', timestamp: '2025-12-15T10:00:00Z', session_id: 's', model: 'claude-sonnet-4', input_tokens: 1000, web_search_requests: 10, cache_read_tokens: 7, cache_write_tokens: 50, cache_write_1h_tokens: 50, service_tier: 'batch', duration_seconds: 9 })}\n`,
    )
    await run('claude-sonnet-4 900 0 --correct search')
    expect(lines()[1]).toMatchObject({
      input_tokens: -100,
      cache_read_tokens: 0,
      cache_write_tokens: 0,
      service_tier: 'batch',
    })
    for (const field of ['web_search_requests', 'cache_write_1h_tokens', 'duration_seconds']) {
      expect(lines()[1]).not.toHaveProperty(field)
    }
    // 100 · $3 a million at the batch tier's half.
    expect(lines()[1]?.['cost_usd']).toBe(-0.00015)
    await run('claude-sonnet-4 900 0 0 20 --correct search')
    expect(lines()[2]).toMatchObject({
      cache_read_tokens: -7,
      cache_write_tokens: -30,
      cache_write_1h_tokens: -30,
    })
  })

  it('of the counts alone keeps the cost where it is, against the table', async () => {
    await run('claude-sonnet-4 12000 4500 --correct first --cost 0.25')
    await run('claude-sonnet-4 99 9 --correct first --cost 0.25')
    expect(await dailySpend('2025-12-14')).toBe(0.25)
  })

  it('changes the totals of the day it corrects', async () => {
    await run('claude-sonnet-4 0 0 --correct first')
    expect(await dailySpend('2025-12-14')).toBe(0)
    await run('claude-sonnet-4 2000 500 --correct first')
    expect(await dailySpend('2025-12-14')).toBe(0.0135)
    await run('claude-sonnet-4 2000 500 --correct first --timestamp 2025-12-13')
    expect(await dailySpend('2025-12-14')).toBe(0)
    expect(await dailySpend('2025-12-13')).toBe(0.0135)
  })

  it('of the model moves the cost from one to the other', async () => {
    await run('claude-opus-4 12000 4500 --correct first')
    expect(lines().slice(1)).toMatchObject([
      { model: 'claude-sonnet-4', input_tokens: -12000, output_tokens: -4500, cost_usd: -0.1035 },
      { model: 'claude-opus-4', input_tokens: 12000, output_tokens: 4500, cost_usd: 0.5175 },
    ])
  })

  it('of a model without a price counts once there is one', async () => {
    await run('acme-1 1000 500 --id unpriced --session u --project p')
    await run('claude-sonnet-4 1000 500 --correct unpriced')
    await run('acme-1 2000 100 --correct unpriced')
    const answer = await run('acme-1 2000 100 --correct unpriced')
    expect(answer.stdout).toBe('Nothing to correct: it is unpriced (acme-1, 2000in/100out) already\n')
    expect(answer.stderr).toContain('acme-1 has no price yet')
    system.texts.set(
      '/home/u/.config/ai-costs/prices.yaml',
      'prices: [{ model: acme-1, input: 1.00, output: 4.00 }]',
    )
    expect(await dailySpend('2025-12-15')).toBe(0.0024)
  })

  it('of a cost that the tool reported keeps it where nobody can price the counts', async () => {
    await run('acme-1 1000 500 --id told --session u --cost 0.25')
    await run('acme-1 900 500 --correct told')
    expect(await dailySpend('2025-12-15')).toBe(0.25)
  })

  it('--json prints the record as it counts from now on', async () => {
    const { stdout } = await run('claude-sonnet-4 10000 4000 --correct first --json')
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'first',
      session_id: 's',
      input_tokens: 10000,
      output_tokens: 4000,
      cost_usd: 0.09,
    })
    expect(JSON.parse(stdout)).not.toHaveProperty('kind')
  })

  test.each([
    ['claude-sonnet-4 -2000 0 --correct first', '-2000 is less than nothing'],
    ['claude-sonnet-4 1 2 --correct first --cost -0.01', '-0.01 is less than nothing'],
    ['claude-sonnet-4 1 2 --correct=', '--correct is empty'],
    ['claude-sonnet-4 1 2 --correct first --id mine', '--id and --correct exclude each other'],
  ])('that says no record is refused: %s', async (words, message) => {
    await expect(run(words)).rejects.toThrow(UsageError)
    await expect(run(words)).rejects.toThrow(message)
    expect(lines()).toHaveLength(1)
  })

  it('of a correction names the record to correct instead', async () => {
    await run('claude-sonnet-4 10000 4000 --correct first')
    await expect(run(`claude-sonnet-4 1 2 --correct ${String(lines()[1]?.['id'])}`)).rejects.toThrow(
      'is a correction itself, nothing was saved: correct "first"',
    )
  })
})

async function dailySpend(day: string): Promise<unknown> {
  const { stdout } = await call(check, `--json --now ${day}T23:00:00Z`, system)
  const { budgets }: { budgets: { spent_usd: number }[] } = JSON.parse(stdout)
  return budgets[0]?.spent_usd
}

/** An option that may be given, with one of the values. */
function option(name: string, values: readonly string[]): fc.Arbitrary<string> {
  return fc.option(fc.constantFrom(...values).map((value) => ` --${name} ${value}`)).map((text) => text ?? '')
}

describe('after any series of corrections', () => {
  const BUDGETS = `budgets:
  daily: 100
  per_session: 100
  scoped:
    - { project: p, daily: 100 }
    - { project: q, daily: 100 }
    - { model: claude-opus-4, monthly: 100 }
    - { model: claude-sonnet-4, monthly: 100 }
`
  const count = fc.integer({ min: 0, max: 2_000_000 })
  const numbers = fc
    .tuple(
      fc.constantFrom('claude-sonnet-4', 'claude-opus-4'),
      fc.integer({ min: 1, max: 9 }),
      count,
      count,
      count,
    )
    .map((words) => words.join(' '))
  const labels = fc
    .tuple(
      option('project', ['p', 'q']),
      option('session', ['s', 't']),
      option('timestamp', ['2025-12-15', '2025-12-15T10:00:00Z']),
    )
    .map((words) => words.join(''))
  const cost = option('cost', ['0.1035', '0.25', '0.000001'])
  const corrections = fc.array(fc.tuple(numbers, labels, cost), { minLength: 1, maxLength: 5 })

  test('everything counts as if the last numbers had been logged from the start', async () => {
    await fc.assert(
      fc.asyncProperty(corrections, fc.boolean(), async (series, repeated) => {
        system.texts.clear()
        system.texts.set(LIMITS, BUDGETS)
        // Each correction leaves what it does not name as it was, so the last word on each label counts.
        const names = new Map([
          ['project', 'p'],
          ['session', 's'],
          ['timestamp', '2025-12-15'],
        ])
        await run(
          'claude-sonnet-4 12000 4500 8000 3000 --id x --project p --session s --timestamp 2025-12-15',
        )
        for (const [what, where, costs] of series) {
          // oxlint-disable-next-line no-await-in-loop -- one correction after the other is what this is about
          await run(`${what}${where}${costs} --correct x`)
          for (const [, name = '', value = ''] of where.matchAll(/--(\S+) (\S+)/g)) names.set(name, value)
          // A retry appends the same lines again, in any order.
          if (repeated) system.texts.set(LEDGER, repeatedBackwards(system.texts.get(LEDGER) ?? ''))
        }
        const found = await totals()
        const [what, , costs] = series.at(-1) ?? ['', '', '']
        system.texts.delete(LEDGER)
        const options = [...names].map(([name, value]) => ` --${name} ${value}`).join('')
        await run(`${what}${costs}${options} --id x`)
        expect(found).toEqual(await totals())
      }),
      { numRuns: 60 },
    )
  })
})

function repeatedBackwards(text: string): string {
  return text + text.trimEnd().split('\n').toReversed().join('\n') + '\n'
}

async function totals() {
  const { stdout } = await call(check, '--json --now 2025-12-15T23:00:00Z', system)
  const answer: { budgets: { session_id: string | null; spent_usd: number }[]; cache_hit_ratio: number } =
    JSON.parse(stdout)
  // A session that everything was moved away from is still a session of the day, of no cost.
  const budgets = answer.budgets.filter((budget) => budget.session_id === null || budget.spent_usd !== 0)
  return { budgets, cacheHitRatio: answer.cache_hit_ratio }
}
