import { expect, it } from 'vitest'

import type { UsageRecord } from '../../src/core/record.ts'
import { Repeats } from '../../src/sources/repeats.ts'
import { aTelling } from './a-telling.ts'

const DAY_MS = 86_400_000

const COUNTS = {
  inputTokens: 1,
  outputTokens: 2,
  cacheReadTokens: 3,
  cacheWriteTokens: 4,
  cacheWrite1hTokens: 5,
}

const record = (change: Partial<UsageRecord> = {}): UsageRecord =>
  aTelling({ record: { ...COUNTS, timestamp: 20_000 * DAY_MS, ...change } }).record

function repeatsOf(...records: readonly UsageRecord[]): Repeats {
  const repeats = new Repeats()
  for (const one of records) repeats.add(one)
  return repeats
}

it('adds up what each model repeated on each day', () => {
  const noon = 20_000 * DAY_MS + DAY_MS / 2
  const last = 20_001 * DAY_MS - 1
  const repeats = repeatsOf(
    record(),
    record({ timestamp: noon }),
    record({ timestamp: last }),
    record({ timestamp: last + 1 }),
    record({ model: 'b' }),
    record({ timestamp: null }),
  )
  expect(repeats.count).toBe(6)
  const model = 'claude-sonnet-5'
  expect(repeats.sums()).toEqual([
    {
      model,
      day: 20_000,
      inputTokens: 3,
      outputTokens: 6,
      cacheReadTokens: 9,
      cacheWriteTokens: 12,
      cacheWrite1hTokens: 15,
    },
    { model, day: 20_001, ...COUNTS },
    { model: 'b', day: 20_000, ...COUNTS },
    { model, day: null, ...COUNTS },
  ])
})

it('goes on from what another one noted', () => {
  const both = repeatsOf(record())
  const other = repeatsOf(record(), record({ model: 'b' }))
  both.absorb(other.count, other.sums())
  expect(both.count).toBe(3)
  expect(both.sums()).toEqual(repeatsOf(record(), record(), record({ model: 'b' })).sums())
  expect(other.sums()).toEqual(repeatsOf(record(), record({ model: 'b' })).sums())
})

it('keeps nothing that names a session', () => {
  const text = JSON.stringify(repeatsOf(record({ sessionId: 'secret', id: 'secret' })).sums())
  expect(text).not.toContain('secret')
})
