import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { fromJSONSchema } from 'zod'
import * as check from '../../src/commands/check.ts'
import { UsageError } from '../../src/commands/command.ts'
import { type FakeSystem, LEDGER, LIMITS, PROJECT, fakeSystem } from '../kit/fake-system.ts'
import { usage } from '../kit/fold-lines.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { type Answer, call } from './calling.ts'

let system: FakeSystem

beforeEach(() => {
  system = fakeSystem()
  limits()
})

const run = (words: string): Promise<Answer> => call(check, words, system)

/** A ledger of one-dollar requests to Opus 4.5. */
function ledger(...records: Readonly<Record<string, unknown>>[]): void {
  const all = records.map((fields, index) =>
    usage({ id: `r${index}`, model: 'claude-opus-4-5', input_tokens: 200_000, output_tokens: 0, ...fields }),
  )
  system.texts.set(LEDGER, all.map((line) => `${line}\n`).join(''))
}

function limits(more = ''): void {
  system.texts.set(LIMITS, `budgets: { daily: 100 }\n${more}`)
}

function router(pattern: string): void {
  const rules = `rules:\n  - { pattern: '${pattern}', model: haiku, reason: mechanical }\n`
  system.texts.set(`${PROJECT}/.ai-config/model-router.yaml`, rules)
}

const GUARDIAN = 'guardian: { warn_if_session_exceeds: 2.00, warn_if_model_overkill: true }\n'

describe('the review of a session', () => {
  it('warns of one that cost more than --warn-over, and exits with 1', async () => {
    ledger({}, {}, {})
    const { stdout, stderr, exitCode } = await run('--session s1 --warn-over 2.00')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 1 })
    expect(stdout).toBe(`WARNING this session $3.00, more than $2.00
  daily  $3.00 / $100.00  3%  ok
  advice: This session cost $3.00. Consider using claude-opus-5-5 for similar tasks.
    more than the $2.00 that a session may cost
    on claude-opus-5-5 it would have cost $2.40, $0.60 less
  as of 2025-12-15T14:30Z, days in UTC
`)
  })

  it('stands on the settings, and on the option before them', async () => {
    ledger({}, {}, {})
    limits(GUARDIAN)
    expect((await run('--session s1')).exitCode).toBe(1)
    expect((await run('--session s1 --warn-over 5')).exitCode).toBe(0)
    expect((await run('--session s1 --fail-on critical')).exitCode).toBe(0)
    expect((await run('')).exitCode).toBe(0)
    limits('guardian: { message: "${model}: ${saved} less on ${cheaper_model}, not ${limit}" }\n')
    expect((await run('--session s1 --warn-over 2')).stdout).toMatch(
      /advice: claude-opus-4-5: \$0\.60 less on claude-opus-5-5, not \$2\.00\n/,
    )
  })

  it('without an amount begins where the budget of sessions warns', async () => {
    ledger({}, {}, {})
    system.texts.set(LIMITS, 'budgets: { per_session: 4 }\nguardian: { suggest_cheaper_model: true }\n')
    expect((await run('--session s1')).stdout).toMatch(/advice: none, this session \$3\.00\n/)
    system.texts.set(LIMITS, 'budgets: { per_session: 3.5 }\nguardian: { suggest_cheaper_model: true }\n')
    expect((await run('--session s1')).stdout).toMatch(/more than the \$2\.80 that a session may cost\n/)
  })

  it('asks for nothing without settings or options', async () => {
    ledger({}, {}, {})
    expect((await run('--session s1')).stdout).not.toMatch(/advice/)
    expect(JSON.parse((await run('--session s1 --json')).stdout)).not.toHaveProperty('advice')
  })

  it.each(['format|lint', '^(format|lint)'])('sees overkill by the router’s rule %s', async (pattern) => {
    ledger({ task_type: 'formatting' }, { task_type: 'lint' })
    router(pattern)
    const { stdout, exitCode } = await run('--session s1 --overkill')
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^WARNING this session \$2\.00\n/)
    expect(stdout).toMatch(
      /claude-opus-4-5 was more than it took: the router sends formatting, lint to claude-haiku/,
    )
  })

  it('sees none where the router’s rules speak of something else', async () => {
    ledger({ task_type: 'formatting' })
    router('docs')
    expect((await run('--session s1 --overkill')).exitCode).toBe(0)
  })

  it('sees overkill by the shape, and gives the numbers', async () => {
    ledger(...Array.from({ length: 12 }, () => ({ input_tokens: 9000, output_tokens: 120 })))
    const { stdout, exitCode } = await run('--session s1 --overkill')
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(
      /of 12 requests nine in ten wrote at most 120 tokens, and none took in more than 9000\n/,
    )
  })

  it('finds a session of another day, and one by its short name', async () => {
    const id = '0198c1c2-1111-7000-8000-123456789abc'
    ledger({ session_id: id }, { session_id: 'old', timestamp: '2025-11-01T10:00:00Z' })
    expect((await run('--session old --warn-over 0.5')).exitCode).toBe(1)
    expect((await run('--session 0198c1c2 --warn-over 0.5')).exitCode).toBe(1)
  })

  it('says of a session without records that there is nothing to advise', async () => {
    ledger({})
    const { stderr, exitCode } = await run('--session typo --warn-over 1')
    expect(stderr).toMatch(/^ai-costs: there is no record of a session "typo", .*: ai-costs status lists/)
    expect(exitCode).toBe(0)
    expect((await run('--session typo --warn-over 1 --require-data')).exitCode).toBe(3)
    expect(JSON.parse((await run('--session typo --warn-over 1 --json')).stdout)).toMatchObject({
      advice: null,
    })
  })

  it('never makes a budget look better, nor worse than a warning', async () => {
    ledger({}, {}, {})
    system.texts.set(LIMITS, 'budgets: { daily: 3 }\n')
    expect(await run('--session s1 --warn-over 0')).toMatchObject({
      exitCode: 2,
      stdout: expect.stringMatching(/^CRITICAL daily/),
    })
  })

  it('is all there in JSON, as the schema says', async () => {
    const path = new URL('../../config/check.schema.json', import.meta.url)
    const schema = fromJSONSchema(JSON.parse(readFileSync(path, 'utf8')))
    ledger(...Array.from({ length: 10 }, () => ({ input_tokens: 10_000, output_tokens: 100 })))
    const answer: unknown = JSON.parse((await run('--session s1 --overkill --warn-over 0.5 --json')).stdout)
    expect(schema.safeParse(answer).error?.issues ?? []).toEqual([])
    expect(answer).toMatchObject({
      level: 'warning',
      exit_code: 1,
      advice: {
        session_id: 's1',
        cost_usd: 0.525,
        warn_over_usd: 0.5,
        over: true,
        model: 'claude-opus-4-5',
        overkill: { kind: 'shape', requests: 10, output_tokens: 100, context_tokens: 10_000 },
        cheaper_model: { model: 'claude-sonnet-5-5', cost_usd: 0.21, saved_usd: 0.315 },
        message: 'This session cost $0.53. Consider using claude-sonnet-5-5 for similar tasks.',
      },
    })
  })

  it.each([
    ['--warn-over 2', /add --session ID/],
    ['--overkill', /add --session ID/],
    ['--session s1 --warn-over two', /--warn-over must be an amount of dollars/],
    ['--session s1 --warn-over -1', /0 or more/],
  ])('`check %s` is wrong usage', async (words, message) => {
    await expect(run(words)).rejects.toThrow(UsageError)
    await expect(run(words)).rejects.toThrow(message)
  })

  it('prints no foreign text that acts on a terminal', async () => {
    ledger({ session_id: 's\u001b[2J', model: 'claude-opus-4-5\u202e', cost_usd: 5 })
    const { stdout, stderr } = await run('--session s\u001b[2J --warn-over 1')
    expect(stdout + stderr).toMatch(/advice/)
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})
