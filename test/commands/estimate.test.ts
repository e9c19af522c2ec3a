import { beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../../src/commands/command.ts'
import * as estimate from '../../src/commands/estimate.ts'
import { InputTooLarge } from '../../src/system/standard-input.ts'
import { type FakeSystem, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
})

const run = (words: string): Promise<Answer> => call(estimate, words, system)

async function json(words: string): Promise<Record<string, unknown>> {
  return JSON.parse((await run(`${words} --json`)).stdout)
}

it('says what a call costs on a model, without any ledger', async () => {
  const { stdout, stderr, exitCode } = await run(
    '--in 2000 --out 500 --per-day 20 --model claude-sonnet-4,claude-opus-4',
  )
  expect({ stdout, stderr, exitCode }).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stderr": "",
      "stdout": "What it would cost
    as of 2025-12-15 14:30 UTC
    ────────────────────────────────────────────────────────────────────────

    One call
      input tokens   2,000
      output tokens  500
      calls          1
      calls a day    20

    By model, the cheapest first
      model             a call  in a batch    a day  a month
      claude-sonnet-4  $0.0135     $0.0068  $0.2700    $8.10
      claude-opus-4    $0.0675     $0.0338  $1.3500   $40.50

    Data quality
      an estimate at list prices: agents send their context with every call, so look
      at what your sessions really cost with ai-costs compare
    ",
    }
  `)
})

it('says it exactly in JSON', async () => {
  expect(await json('--in 2000 --out 500 --calls 3 --model claude-sonnet-4')).toMatchObject({
    report: 'estimate',
    period: null,
    call: { input_tokens: 2000, output_tokens: 500, calls: 3 },
    models: [
      { model: 'claude-sonnet-4', cost_per_call_usd: 0.0135, cost_usd: 0.0405, batch_cost_usd: 0.02025 },
    ],
  })
})

it.each<[what: string, models: string, told: readonly string[]]>([
  ['a name', 'claude-sonnet-4', ['claude-sonnet-4']],
  ['a dated name', 'claude-sonnet-4-20250514', ['claude-sonnet-4']],
  [
    'a pattern',
    'claude-opus-4*,claude-3-opus',
    [
      'claude-opus-4-5',
      'claude-opus-4-6',
      'claude-opus-4-7',
      'claude-opus-4-8',
      'claude-3-opus',
      'claude-opus-4',
      'claude-opus-4-1',
    ],
  ],
  ['a model that two names mean, once', 'claude-sonnet-4,anthropic/claude-sonnet-4', ['claude-sonnet-4']],
])('takes %s', async (_, models, told) => {
  const { models: rows } = await json(`--in 10 --out 10 --model ${models}`)
  expect(rows).toEqual(told.map((model) => expect.objectContaining({ model })))
})

it('tells every model with a price when none is named', async () => {
  const { models } = await json('--in 10 --out 10')
  expect(models).toHaveLength(158)
})

describe('the text of files', () => {
  it('is taken for a quarter as many tokens as it has characters, and is not repeated', async () => {
    system.texts.set(`${PROJECT}/a.md`, 'secret'.repeat(100))
    system.texts.set('/b.md', 'x'.repeat(9))
    const { stdout } = await run('a.md /b.md --in 1000 --json --model claude-sonnet-4')
    expect(JSON.parse(stdout)).toMatchObject({ call: { input_tokens: 1153 } })
    expect(stdout).not.toContain('secret')
  })

  it('may come on standard input', async () => {
    const fake: FakeSystem = { ...system, standardInput: { read: () => 'x'.repeat(40) } }
    const { stdout } = await call(estimate, '- --json --model claude-sonnet-4', fake)
    expect(JSON.parse(stdout)).toMatchObject({ call: { input_tokens: 10 } })
  })
})

describe('examples', () => {
  it('are told when nobody names a call, of the default model', async () => {
    system.texts.set(`${PROJECT}/.ai-config/cost-limits.yaml`, 'default_model: claude-sonnet-4\n')
    const { operations } = await json('')
    expect(operations).toContainEqual(
      expect.objectContaining({ operation: 'read a document', model: 'claude-sonnet-4', cost_usd: 0.0135 }),
    )
  })
})

it('says what tiers save', async () => {
  const { tiering, tiers } = await json('--in 1000 --out 0 --mix claude-opus-4=1,claude-sonnet-4=4')
  expect(tiering).toMatchObject({ dearest_cost_usd: 0.075, cost_usd: 0.027, saved_usd: 0.048 })
  expect(tiers).toHaveLength(2)
})

describe('what is refused', () => {
  it.each([
    ['--in two', '--in must be a whole number below 1,000,000,000, such as 2000'],
    ['--in -5 --out 1', '--in must be a whole number below 1,000,000,000, such as 2000'],
    ['--in 1 --calls 0', '--calls must be 1 or more'],
    ['--in 0 --out 0', 'there are no tokens to estimate: name --in and --out, or a file'],
    ['--in 10 --shared 20', '--shared 20 is more than the 10 input tokens: it is a part of them'],
    ['gone.md', 'there is no file gone.md: name one that exists, or - for standard input'],
    ['-', 'there is nothing on standard input: pipe a text into ai-costs'],
    ['--in 1 --model nope-*', 'no model matches nope-*: ai-costs models lists them'],
    ['--in 1 --model claude-sonet-4', 'there is no price of claude-sonet-4: did you mean claude-sonnet-4?'],
    [
      '--in 1 --mix claude-opus-4',
      '--mix must name models with their calls, such as claude-opus-4=20,claude-sonnet-4=80',
    ],
    ['--in 1 --mix claude-opus-4=1 --model x', '--mix and --model exclude each other: keep one'],
    ['--mix claude-opus-4=1', '--mix needs to know what a call takes: name --in and --out, or a file'],
  ])('%s', async (words, message) => {
    await expect(run(words)).rejects.toThrow(new UsageError(message))
  })

  it('a text that no model could read', async () => {
    const standardInput = {
      read: () => {
        throw new InputTooLarge()
      },
    }
    await expect(call(estimate, '-', { ...system, standardInput })).rejects.toThrow(
      'there is too much on standard input: 64 MiB is the most',
    )
  })
})

it('cannot tell under broken settings', async () => {
  system.texts.set(`${PROJECT}/.ai-config/prices.yaml`, 'prices: [{ model: x }]\n')
  expect(await run('--in 1')).toMatchObject({ stdout: '', exitCode: 3 })
})
