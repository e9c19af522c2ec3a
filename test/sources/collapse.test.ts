import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import type { UsageRecord } from '../../src/core/record.ts'
import { Collapse } from '../../src/sources/collapse.ts'
import { Repeats } from '../../src/sources/repeats.ts'
import { type Telling, aTelling } from './a-telling.ts'
import { usd } from '../kit/a-budget.ts'

function collapse(...tellings: readonly Telling[]) {
  const repeats = new Repeats()
  const all = new Collapse(repeats)
  for (const telling of tellings) all.add(aTelling(telling))
  return { told: all.take(), repeats }
}

function together(...records: readonly Partial<UsageRecord>[]) {
  return collapse(...records.map((record) => ({ record }))).told.map(({ record }) => record)
}

const finals = (...list: readonly boolean[]) =>
  collapse(...list.map((isFinal) => ({ isFinal }))).told[0]?.isFinal

describe('the tellings of one response become one, with', () => {
  test.each<[what: string, tellings: readonly Partial<UsageRecord>[], expected: Partial<UsageRecord>]>([
    [
      'the largest output',
      [{ outputTokens: 2 }, { outputTokens: 412 }, { outputTokens: 8 }],
      { outputTokens: 412 },
    ],
    ['the largest input', [{ inputTokens: 9 }, { inputTokens: 4 }], { inputTokens: 9 }],
    ['the largest cache read', [{ cacheReadTokens: 1 }, { cacheReadTokens: 5 }], { cacheReadTokens: 5 }],
    ['the largest cache write', [{ cacheWriteTokens: 1 }, { cacheWriteTokens: 5 }], { cacheWriteTokens: 5 }],
    [
      'the largest write for an hour',
      [{ cacheWrite1hTokens: 1 }, { cacheWrite1hTokens: 5 }],
      { cacheWrite1hTokens: 5 },
    ],
    ['the most searches', [{ webSearchRequests: 1 }, { webSearchRequests: 2 }], { webSearchRequests: 2 }],
    ['the earliest instant', [{ timestamp: 30 }, { timestamp: 10 }, { timestamp: 20 }], { timestamp: 10 }],
    ['an instant, where only one has it', [{ timestamp: null }, { timestamp: 20 }], { timestamp: 20 }],
    ['that instant, whichever has it', [{ timestamp: 20 }, { timestamp: null }], { timestamp: 20 }],
    [
      'the largest cost that the tool reports',
      [
        { costUsd: usd('1'), costSource: 'tool' },
        { costUsd: usd('3'), costSource: 'tool' },
        { costUsd: usd('2') },
      ],
      { costUsd: usd('3'), costSource: 'tool' },
    ],
    [
      'a cost, where only one has it',
      [{}, { costUsd: usd('1'), costSource: 'tool' }],
      { costUsd: usd('1'), costSource: 'tool' },
    ],
    [
      'the names of the first',
      [
        { model: 'a', branch: 'main' },
        { model: 'b', branch: 'x', inputTokens: 9 },
      ],
      { model: 'a', branch: 'main' },
    ],
    [
      'what makes its price, whichever says it',
      [{}, { speed: 'fast', inferenceGeo: 'us' }, { serviceTier: 'batch' }],
      { speed: 'fast', inferenceGeo: 'us', serviceTier: 'batch' },
    ],
  ])('%s', (_, tellings, expected) => {
    const records = together(...tellings)
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject(expected)
  })

  it('a final count as soon as one has it', () => {
    expect([finals(false, true, false), finals(false, false)]).toEqual([true, false])
  })
})

it('hands out responses in the order of their first tellings, once', () => {
  const both = new Collapse(new Repeats())
  for (const id of ['b', 'a', 'b', 'c']) both.add(aTelling({ record: { id } }))
  expect(both.take().map(({ record }) => record.id)).toEqual(['b', 'a', 'c'])
  expect(both.take()).toEqual([])
  both.add(aTelling({ record: { id: 'b' } }))
  expect(both.take()).toHaveLength(1)
})

it('leaves records without an id as they are', () => {
  expect(together({ id: '', inputTokens: 1 }, { id: '', inputTokens: 1 })).toHaveLength(2)
})

it('notes what was told again, as it was told', () => {
  const { repeats } = collapse(
    { record: { outputTokens: 2 } },
    { record: { outputTokens: 412 } },
    { record: { id: 'other', outputTokens: 7 } },
  )
  expect(repeats.count).toBe(1)
  expect(repeats.sums()).toMatchObject([{ model: 'claude-sonnet-5', outputTokens: 412 }])
})

const summary = (tellings: readonly Partial<UsageRecord>[]) =>
  new Map(
    together(...tellings).map(({ id, inputTokens, outputTokens, timestamp }) => [
      id,
      { inputTokens, outputTokens, timestamp },
    ]),
  )

it('comes to the same counts in every order', () => {
  const record = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    inputTokens: fc.nat(9),
    outputTokens: fc.nat(9),
    timestamp: fc.option(fc.nat(9)),
  })
  const shuffled = fc
    .array(record)
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(shuffled, ([all, order]) => {
      expect(summary(order)).toEqual(summary(all))
    }),
  )
})
