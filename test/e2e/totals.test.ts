// One after the other is what these promises are about.
/* oxlint-disable no-await-in-loop */
import { spawnSync } from 'node:child_process'

import {
  array as arrayOf,
  assert,
  asyncProperty,
  bigInt,
  constantFrom,
  integer,
  record as recordOf,
} from 'fast-check'
import { describe, expect, it } from 'vitest'

import { NOW, type Sandbox, line, sandbox } from './sandbox.ts'

const DAY = Date.parse('2025-12-15T00:00:00Z')
const HOUR = 3_600_000
const PICO = 1_000_000_000_000n

/** A record of the last fortnight or the morrow, by its hour and its cost in picodollars, as any writer may write it. */
interface Spend {
  readonly hour: number
  readonly cost: bigint
  readonly zone: 'Z' | '+02:00' | ''
  readonly session: number
}

const spends = arrayOf(
  recordOf<Spend>({
    hour: integer({ min: -14 * 24, max: 30 }),
    cost: bigInt({ min: 1n, max: 100n * PICO }),
    zone: constantFrom('Z', '+02:00', ''),
    session: integer({ min: 0, max: 9 }),
  }),
  { minLength: 1, maxLength: 200 },
)

describe('check --json', () => {
  it('adds up as an independent sum of integers does', { timeout: 60_000 }, async () => {
    await assert(asyncProperty(spends, agrees), { numRuns: 25 })
  })

  it('adds up as `jq -s` does', async (context) => {
    const box = sandbox()
    box.append(
      ...Array.from({ length: 300 }, (_, nth) =>
        lineOf(
          { hour: nth % 12, cost: BigInt(nth) * 10_000_000_000n + 1_000_000n, zone: 'Z', session: nth },
          nth,
        ),
      ),
    )
    const jq = spawnSync('jq', ['-s', 'map(.cost_usd) | add', box.ledger], { encoding: 'utf8' })
    if (jq.status !== 0) return context.skip('jq is not here: the sum was not compared with its')
    const { daily } = await sums(box)
    // jq adds floating-point numbers; ours is the exact sum.
    expect(Number(daily)).toBeCloseTo(Number(jq.stdout), 9)
    expect(daily).toBe('448.5003')
  })

  it('does not depend on order, repetition or a missing newline at the end', async () => {
    const lines = Array.from({ length: 50 }, (_, nth) =>
      lineOf({ hour: nth % 14, cost: BigInt(nth + 1) * 10_000_000_000n, zone: 'Z', session: nth }, nth),
    )
    const arrangements = [
      `${lines.join('\n')}\n`,
      lines.join('\n'),
      `${lines.toReversed().join('\n')}\n`,
      `${[...lines, ...lines].join('\n')}\n`,
      lines.join('\r\n'),
      `\uFEFF\n\n${lines.join('\n\n')}`,
    ]
    for (const content of arrangements) {
      const box = sandbox()
      box.write('.ai-costs/sessions.jsonl', content)
      expect((await sums(box)).daily).toBe('12.75')
    }
  })

  it('reads rotated parts and archives, a record that stands in two of them once', async () => {
    const box = sandbox()
    const [a, b, c, d] = [1, 2, 4, 8].map((cost) => line({ id: `r${cost}`, cost_usd: cost }))
    box.append(a ?? '')
    box.write('.ai-costs/sessions.jsonl.1', `${b}\n${a}\n`)
    box.write('.ai-costs/sessions.jsonl.12', `${c}\n`)
    box.write('.ai-costs/sessions-2025.jsonl', `${d}`)
    box.write('.ai-costs/sessions.jsonl.bak', `${line({ id: 'no', cost_usd: 100 })}\n`)
    expect((await sums(box)).daily).toBe('15')
  })

  it('leaves out what comes after `--now`', async () => {
    const box = sandbox()
    box.append(
      line({ session_id: 'a', timestamp: '2025-12-15T14:30:00Z' }),
      line({ session_id: 'b', timestamp: '2025-12-15T14:30:01Z' }),
      line({ session_id: 'c', timestamp: '2025-12-14T23:59:59Z', cost_usd: 4 }),
    )
    expect(await sums(box)).toEqual({ daily: '1', weekly: '1', monthly: '5' })
    expect(await sums(box, '2025-12-14T23:59:59Z')).toEqual({ daily: '4', weekly: '4', monthly: '4' })
    expect(await sums(box, '2025-12-14T23:59:58Z')).toEqual({ daily: '0', weekly: '0', monthly: '0' })
  })
})

describe('log --correct', () => {
  it('takes off what was too much, on the day on which it was spent', async () => {
    const box = sandbox()
    const log = (...args: readonly string[]) => box.run(['log', 'claude-sonnet-4', ...args, '--now', NOW])
    await log('12000', '4500', '8000', '3000', '--id', 'mine', '--session', 's1')
    expect((await sums(box)).daily).toBe('0.11715')
    const corrected = await log('10000', '4000', '--correct', 'mine')
    expect(corrected).toMatchObject({ code: 0, stdout: expect.stringContaining('Corrected: ') })
    // 2000 × $3 + 500 × $15 per million.
    expect((await sums(box)).daily).toBe('0.10365')
    expect(JSON.parse(box.readLedger().trimEnd().split('\n')[1] ?? '')).toMatchObject({
      kind: 'adjustment',
      corrects: 'mine',
      session_id: 's1',
      cost_usd: -0.0135,
    })
  })

  it('counts a record once that is logged twice with one id', async () => {
    const box = sandbox()
    for (let nth = 0; nth < 2; nth++)
      await box.run(['log', 'claude-sonnet-4', '12000', '4500', '8000', '3000', '--id', 'x', '--now', NOW])
    expect((await sums(box)).daily).toBe('0.11715')
  })
})

function instantOf(hour: number): number {
  return DAY + hour * HOUR
}

function lineOf({ hour, cost, zone, session }: Spend, nth = 0): string {
  const shift = zone === '+02:00' ? 2 * HOUR : 0
  const local = new Date(instantOf(hour) + shift).toISOString().slice(0, 19)
  const record = line({ timestamp: `${local}${zone}`, session_id: `s${session}`, id: `r${nth}` })
  // Written by hand, because a number of JavaScript has no room for all the digits.
  return record.replace('"cost_usd":1', `"cost_usd":${decimal(cost)}`)
}

function total(records: readonly Spend[]): string {
  return decimal(records.reduce((sum, { cost }) => sum + cost, 0n))
}

function decimal(picodollars: bigint): string {
  const digits = (picodollars % PICO).toString().padStart(12, '0').replace(/0+$/, '')
  return `${picodollars / PICO}${digits === '' ? '' : `.${digits}`}`
}

interface Sums {
  readonly daily?: string
  readonly weekly?: string
  readonly monthly?: string
}

/** What was spent by period, as the digits that `check --json` prints. */
async function sums(box: Sandbox, now: string = NOW): Promise<Sums> {
  box.limits('budgets: { daily: 1, weekly: 1, monthly: 1 }\n')
  const { stdout } = await box.run(['check', '--json', '--now', now])
  const found = stdout.matchAll(/"id":\s*"(\w+)"[^}]*\}[^}]*\}[^}]*?"spent_usd":\s*([\d.]+)/g)
  return Object.fromEntries([...found].map(([, id, spent]) => [id, spent]))
}

/** The program and a sum of integers find the same. */
async function agrees(records: readonly Spend[]): Promise<void> {
  const box = sandbox()
  box.append(...records.map(lineOf))
  const found = await sums(box)
  const now = Date.parse(NOW)
  const since = (start: number): string =>
    total(records.filter(({ hour }) => instantOf(hour) >= start && instantOf(hour) <= now))
  expect(found).toEqual({
    daily: since(DAY),
    weekly: since(DAY),
    monthly: since(Date.parse('2025-12-01T00:00:00Z')),
  })
}
