import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Merged, merge, mergedFrom } from '../../src/core/merge.ts'
import { picodollarsOf } from '../../src/core/money.ts'
import type { UsageRecord } from '../../src/core/record.ts'
import { aRecord, lineOf } from './a-record.ts'
import { bytesOf } from './fold-of.ts'

function of(record: UsageRecord): Merged {
  return mergedFrom(record, bytesOf(lineOf(record)))
}

const states = fc
  .record({
    timestamp: fc.option(fc.nat(5).map((hours) => hours * 3_600_000)),
    model: fc.constantFrom('a', 'b', 'c'),
    inputTokens: fc.nat(3),
    outputTokens: fc.nat(3),
    cacheWriteTokens: fc.nat(2),
    costUsd: fc.option(fc.nat(2).map((dollars) => picodollarsOf(BigInt(dollars) * 10n ** 12n))),
    costSource: fc.constantFrom<'tool' | 'table' | null>('tool', 'table', null),
  })
  .map((fields) => ({ ...fields, costSource: fields.costUsd === null ? null : fields.costSource }))
  .map((fields) => of(aRecord({ id: 'x', ...fields })))

describe('lines of one id', () => {
  it('take the largest counts, the earliest instant, the largest cost, and the labels of the line with most tokens', () => {
    const early = aRecord({ id: 'x', model: 'early', timestamp: 1_000, inputTokens: 9, outputTokens: 1 })
    const late = aRecord({ id: 'x', model: 'late', timestamp: 2_000, inputTokens: 3, outputTokens: 90 })
    const priced = aRecord({
      id: 'x',
      model: 'priced',
      timestamp: 3_000,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: picodollarsOf(5n),
    })
    expect([early, late, priced].map(of).reduce(merge).record).toEqual({
      ...late,
      timestamp: 1_000,
      inputTokens: 9,
      costUsd: 5n,
    })
  })

  it('prefer what the tool itself says of the same cost', () => {
    const cost = { id: 'x', costUsd: picodollarsOf(5n) }
    const merged = merge(
      of(aRecord({ ...cost, costSource: 'table' })),
      of(aRecord({ ...cost, costSource: 'tool' })),
    )
    expect(merged.record.costSource).toBe('tool')
  })

  it('are the same line when nothing is new', () => {
    const state = of(aRecord({ id: 'x' }))
    expect(merge(state, of(aRecord({ id: 'x' })))).toBe(state)
  })

  it('merge in any order, in any grouping, and any number of times', () => {
    fc.assert(
      fc.property(states, states, states, (a, b, c) => {
        expect(merge(a, b).record).toEqual(merge(b, a).record)
        expect(merge(merge(a, b), c).record).toEqual(merge(a, merge(b, c)).record)
        expect(merge(merge(a, b), b).record).toEqual(merge(a, b).record)
      }),
      { numRuns: 1000 },
    )
  })
})
