import { describe, expect, it, test } from 'vitest'
import { type Decoded, decodeRecord } from '../../src/core/decode.ts'

/** What is made of a line with these fields beside a timestamp and some tokens. */
function decoded(fields: Readonly<Record<string, unknown>>): Decoded {
  return decodeRecord({ timestamp: '2025-12-15T14:30:00Z', input_tokens: 1, ...fields })
}

describe('the careful reader', () => {
  test.each([[[]], [5], [null], ['x'], [true]])('takes %j for no record', (value) => {
    expect(decodeRecord(value)).toEqual({ kind: 'bad', reason: 'is not a JSON object' })
  })

  test.each([
    [{}],
    [{ model: 'm' }],
    [{ input_tokens: null, cost_usd: null }],
    [{ usage: { input_tokens: 5 } }],
  ])('asks for tokens or a cost: %j', (value) =>
    expect(decodeRecord(value)).toEqual({ kind: 'bad', reason: 'has neither tokens nor cost_usd' }),
  )

  test.each([
    ['-1 tokens', { output_tokens: -1 }, 'output_tokens is negative (only an adjustment may be)'],
    ['a fraction', { output_tokens: 12.5 }, 'output_tokens is not a whole number'],
    ['words', { output_tokens: 'many' }, 'output_tokens is not a whole number'],
    ['an object', { output_tokens: {} }, 'output_tokens is not a whole number'],
    ['underscores', { output_tokens: '1_000' }, 'output_tokens is not a whole number'],
    ['1e12 + 1 tokens', { output_tokens: 1e12 + 1 }, 'output_tokens is beyond 1000000000000 tokens'],
    ['1e308 tokens', { output_tokens: 1e308 }, 'output_tokens is beyond 1000000000000 tokens'],
    ['infinitely many tokens', { output_tokens: Infinity }, 'output_tokens is not a whole number'],
    ['a negative cost', { cost_usd: -0.01 }, 'cost_usd is negative (only an adjustment may be)'],
    ['$1e308', { cost_usd: 1e308 }, 'cost_usd is beyond $1,000,000 for one record'],
    ['an infinite cost', { cost_usd: Infinity }, 'cost_usd is not a number of dollars'],
    ['$1,000,000.01', { cost_usd: 1_000_000.01 }, 'cost_usd is beyond $1,000,000 for one record'],
    ['a cost in words', { cost_usd: 'free' }, 'cost_usd is not a number of dollars'],
    [
      'an adjustment beyond the cap',
      { kind: 'adjustment', cost_usd: -1e7 },
      'cost_usd is beyond $1,000,000 for one record',
    ],
  ])('refuses %s and says why', (_, fields, reason) => {
    expect(decoded(fields)).toMatchObject({ kind: 'rejected', reason })
  })

  test.each([
    ['counts stored as strings', { output_tokens: '12000' }, { outputTokens: 12_000 }],
    ['minus zero', { output_tokens: -0 }, { outputTokens: 0 }],
    ['a null count', { output_tokens: null }, { outputTokens: 0 }],
    ['a cost stored as a string', { cost_usd: '0.117' }, { costUsd: 117_000_000_000n }],
    ['a cost with an exponent', { cost_usd: 2.5e-7 }, { costUsd: 250_000n }],
    ['exactly the caps', { output_tokens: 1e12, cost_usd: 1e6 }, { outputTokens: 1e12, costUsd: 10n ** 18n }],
    ['a null cost as an absent one', { cost_usd: null }, { costUsd: null }],
    ['a source without a cost as none', { cost_source: 'tool' }, { costSource: null }],
    ['a source it does not know as none', { cost_usd: 1, cost_source: 'guess' }, { costSource: null }],
    ['negative adjustments', { kind: 'adjustment', cost_usd: -2, output_tokens: -7 }, { outputTokens: -7 }],
    ['a numbered session', { session_id: 17 }, { sessionId: '17' }],
    ['an object for a name', { project: {} }, { project: '(invalid)' }],
    ['an empty name as a missing one', { model: '' }, { model: '(unknown)' }],
    ['the names of prototypes', { project: '__proto__', model: 'constructor' }, { project: '__proto__' }],
    ['a timestamp that is none', { timestamp: 'yesterday' }, { timestamp: null }],
    ['seconds since 1970', { timestamp: 1_765_809_000 }, { timestamp: 1_765_809_000_000 }],
    ['a strange duration as none', { duration_seconds: -1 }, { durationSeconds: null }],
  ])('reads %s', (_, fields, expected) => {
    expect(decoded(fields)).toMatchObject({ kind: 'record', record: expected })
  })

  it('copies no field that it does not know', () => {
    const text = JSON.stringify(
      decoded({ prompt: 'canary', message: { content: 'canary' }, content: ['canary'] }),
    )
    expect(text).not.toContain('canary')
  })

  it('never repeats a value in a reason', () => {
    expect(JSON.stringify(decoded({ output_tokens: 'canary', cost_usd: 'canary' }))).not.toContain('canary')
  })
})
