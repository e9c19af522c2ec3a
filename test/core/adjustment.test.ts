import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Counted,
  adjusted,
  adjustmentsTo,
  repricingOf,
  withdrawalOf,
} from '../../src/core/adjustment.ts'
import { decodeRecord } from '../../src/core/decode.ts'
import { type Money, picodollarsOf } from '../../src/core/money.ts'
import { recordText } from '../../src/core/record-text.ts'
import { type UsageRecord, emptyRecord } from '../../src/core/record.ts'

const usd = (amount: number): Money => picodollarsOf(BigInt(amount) * 10n ** 6n)

function counted(fields: Partial<UsageRecord>, cost: Money | null): Counted {
  const record = { ...emptyRecord(), id: 'r', sessionId: 's', model: 'm', timestamp: 0, ...fields }
  return { record: { ...record, costUsd: cost }, cost }
}

/** What a fold would take adjustments for that say what they cost. */
function read(adjustments: readonly UsageRecord[]): Counted[] {
  return adjustments.map((record) => ({ record, cost: record.costUsd }))
}

describe('adjustments', () => {
  const original = counted({ inputTokens: 100, outputTokens: 10, note: 'why' }, usd(7))

  it('say the difference, where the record counts', () => {
    const target = counted({ inputTokens: 80, outputTokens: 30 }, usd(9))
    expect(adjustmentsTo(target, [original])).toMatchObject([
      {
        inputTokens: -20,
        outputTokens: 20,
        costUsd: usd(2),
        sessionId: 's',
        adjustment: true,
        aggregate: true,
      },
    ])
  })

  it('are none where all is as it should be, whatever was noted', () => {
    expect(adjustmentsTo(original, [original])).toEqual([])
    expect(adjustmentsTo(counted({ inputTokens: 100, outputTokens: 10 }, usd(7)), [original])).toEqual([])
  })

  it('take back what counts elsewhere, without its note', () => {
    const target = counted({ inputTokens: 100, outputTokens: 10, project: 'p', note: 'moved' }, usd(7))
    expect(adjustmentsTo(target, [original])).toMatchObject([
      { inputTokens: -100, outputTokens: -10, costUsd: usd(-7), note: '', project: '(unknown)' },
      { inputTokens: 100, outputTokens: 10, costUsd: usd(7), note: 'moved', project: 'p' },
    ])
  })

  it('of the counts alone are two, because one that costs nothing would be priced by its counts', () => {
    const target = counted({ inputTokens: 50 }, usd(7))
    expect(adjustmentsTo(target, [original])).toMatchObject([
      { inputTokens: -100, outputTokens: -10, costUsd: usd(-7) },
      { inputTokens: 50, outputTokens: 0, costUsd: usd(7) },
    ])
  })

  it('of what nobody can price yet have no cost, and take nothing off a known one', () => {
    const unpriced = counted({ inputTokens: 100 }, null)
    expect(adjustmentsTo(counted({ inputTokens: 90 }, null), [unpriced])).toMatchObject([
      { inputTokens: -10, costUsd: null },
    ])
    expect(adjustmentsTo(counted({ inputTokens: 90 }, usd(3)), [unpriced])).toMatchObject([
      { inputTokens: -100, costUsd: null },
      { inputTokens: 90, costUsd: usd(3) },
    ])
  })
})

describe('a record with its adjustments', () => {
  const original = counted({ inputTokens: 100, outputTokens: 10, project: 'p' }, usd(7))

  it('counts for their sum, under its own id and the labels that hold now', () => {
    const moved = read(adjustmentsTo(counted({ inputTokens: 60, project: 'q' }, usd(5)), [original]))
    const { record, cost } = adjusted([original, ...moved])
    expect(cost).toBe(usd(5))
    expect(record).toMatchObject({ id: 'r', inputTokens: 60, outputTokens: 0, project: 'q', costUsd: usd(5) })
    expect(record).toMatchObject({ adjustment: false, corrects: '', aggregate: false })
  })

  it('keeps its own labels when nothing is left of it', () => {
    const nothing = read(adjustmentsTo(counted({ project: 'q' }, usd(0)), [original]))
    const { record, cost } = adjusted([original, ...nothing])
    expect(record).toMatchObject({ inputTokens: 0, outputTokens: 0, project: 'p' })
    expect(cost).toBe(0n)
  })

  it('is unpriced while a part of it is', () => {
    expect(adjusted([original, counted({ inputTokens: 1 }, null)]).cost).toBeNull()
  })
})

describe('any series of corrections', () => {
  const count = fc.integer({ min: 0, max: 3 })
  const target = fc
    .record({
      inputTokens: count,
      outputTokens: count,
      cacheReadTokens: count,
      cacheWriteTokens: count,
      webSearchRequests: count,
      project: fc.constantFrom('p', 'q'),
      timestamp: fc.constantFrom(null, 0, 1),
      cost: fc.option(fc.nat({ max: 3 })),
    })
    .map(({ cost, ...fields }) => counted(fields, cost === null ? null : usd(cost)))

  it('ends at exactly the last numbers, in lines that a ledger takes, and saying them again adds none', () => {
    fc.assert(
      fc.property(target, fc.array(target, { maxLength: 6 }), (original, series) => {
        const parts: [Counted, ...Counted[]] = [original]
        for (const wanted of series) {
          const adjustments = adjustmentsTo(wanted, parts)
          for (const line of adjustments)
            expect(decodeRecord(JSON.parse(recordText(line))).kind).toBe('record')
          parts.push(...read(adjustments))
          expect(adjustmentsTo(wanted, parts)).toEqual([])
          const { record, cost } = adjusted(parts)
          const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, webSearchRequests } =
            wanted.record
          expect(record).toMatchObject({
            inputTokens,
            outputTokens,
            cacheReadTokens,
            cacheWriteTokens,
            webSearchRequests,
          })
          const hasCounts =
            inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens + webSearchRequests > 0
          if (hasCounts) {
            expect(cost).toBe(wanted.cost)
            expect(record).toMatchObject({
              project: wanted.record.project,
              timestamp: wanted.record.timestamp,
            })
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a repricing', () => {
  const original = counted({ inputTokens: 100, costSource: 'table' }, usd(7))

  it('changes the cost and no count, in the words of the table', () => {
    expect(repricingOf([original], usd(5))).toMatchObject([
      { inputTokens: 0, outputTokens: 0, costUsd: usd(-2), costSource: 'table', adjustment: true },
    ])
  })

  it('is none where the cost is right, as it is after the first', () => {
    const [first] = read(repricingOf([original], usd(5)))
    expect(repricingOf([original, first!], usd(5))).toEqual([])
    expect(repricingOf([original, first!], usd(7))).toMatchObject([{ costUsd: usd(2) }])
  })
})

describe('a withdrawal', () => {
  const original = counted({ inputTokens: 100, outputTokens: 10 }, usd(7))

  it('takes everything back', () => {
    expect(withdrawalOf([original])).toMatchObject([
      { inputTokens: -100, outputTokens: -10, costUsd: usd(-7), adjustment: true },
    ])
  })

  it('takes back what corrections made of it, wherever that counts', () => {
    const moved = counted({ inputTokens: 80, project: 'p' }, usd(6))
    const parts = [original, ...read(adjustmentsTo(moved, [original]))]
    const withdrawn = withdrawalOf(parts)
    expect(withdrawn).toMatchObject([{ inputTokens: -80, project: 'p', costUsd: usd(-6) }])
    expect(withdrawalOf([...parts, ...read(withdrawn)])).toEqual([])
  })

  it('takes back what nobody can price, at no cost', () => {
    const unpriced = counted({ inputTokens: 100 }, null)
    expect(withdrawalOf([unpriced])).toMatchObject([{ inputTokens: -100, costUsd: null }])
  })
})
