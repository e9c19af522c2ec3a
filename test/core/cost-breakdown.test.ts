import * as fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { COST_MODES, type CostMode, costOf } from '../../src/core/cost.ts'
import { breakdownOf } from '../../src/core/cost-breakdown.ts'
import { differenceOf, summariesOf } from '../../src/core/cost-summary.ts'
import { NO_MONEY, decimalText, plus } from '../../src/core/money.ts'
import { priceFromBlock } from '../../src/core/price-block.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { type UsageRecord, emptyRecord } from '../../src/core/record.ts'
import { usd } from '../kit/a-budget.ts'

const ACME = priceFromBlock(
  {
    model: 'acme',
    input: '3',
    output: '15',
    cache_read: '0.3',
    cache_write: '3.75',
    cache_write_1h: '6',
    long_context: { above: '200', input: '6', output: '22.5' },
    batch: '0.5',
    fast: '1.7',
    region: { us: '1.1' },
    web_search: '10',
  },
  'test',
)
const table = priceTable([ACME, priceFromBlock({ model: 'free', input: '0', output: '0' }, 'test')])

const record = fc
  .record({
    model: fc.constantFrom('acme', 'free', 'unknown'),
    inputTokens: fc.nat({ max: 300 }),
    outputTokens: fc.nat({ max: 300 }),
    cacheReadTokens: fc.nat({ max: 300 }),
    cacheWriteTokens: fc.nat({ max: 300 }),
    cacheWrite1hTokens: fc.nat({ max: 300 }),
    webSearchRequests: fc.nat({ max: 2 }),
    costUsd: fc.option(fc.constantFrom(usd('0'), usd('0.01'), usd('7'))),
    serviceTier: fc.constantFrom('', 'batch', 'fast', 'standard'),
    speed: fc.constantFrom('', 'fast'),
    inferenceGeo: fc.constantFrom('', 'us', 'global'),
    aggregate: fc.boolean(),
    adjustment: fc.boolean(),
  })
  .map((fields): UsageRecord => ({ ...emptyRecord(), ...fields }))

const mode = fc.constantFrom<CostMode>(...COST_MODES)

test('what counts is what costOf says, and the word says whose it is', () => {
  fc.assert(
    fc.property(record, mode, (one, costMode) => {
      const { counted, word, computed } = breakdownOf(one, table, costMode)
      expect(counted).toBe(costOf(one, table, costMode))
      if (word === 'recorded') expect(counted).toBe(one.costUsd)
      if (word === 'computed') expect(counted).toBe(computed?.total)
      if (word === 'nothing used') expect(counted).toBe(0n)
      expect(counted === null).toBe(word === 'unpriced')
    }),
  )
})

test('the lines and the factors add up to the computed cost, to the picodollar', () => {
  fc.assert(
    fc.property(record, mode, (one, costMode) => {
      const { computed } = breakdownOf(one, table, costMode)
      if (computed === null) return
      const lines = computed.lines.reduce((sum, { cost }) => plus(sum, cost), NO_MONEY)
      expect(plus(lines, computed.change)).toBe(computed.total)
    }),
  )
})

test('the summaries of records add up to their costs, priced one by one', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), mode, (records, costMode) => {
      const explained = records.map((one) => ({ record: one, breakdown: breakdownOf(one, table, costMode) }))
      const summaries = summariesOf(explained)
      const counted = summaries.reduce((sum, one) => plus(sum, one.counted), NO_MONEY)
      const each = explained.reduce(
        (sum, { breakdown }) => plus(sum, breakdown.counted ?? NO_MONEY),
        NO_MONEY,
      )
      expect(counted).toBe(each)
      expect(summaries.reduce((sum, one) => sum + one.records, 0)).toBe(records.length)
      for (const summary of summaries) {
        const lines = summary.lines.reduce((sum, { cost }) => plus(sum, cost), NO_MONEY)
        expect(plus(lines, summary.change)).toBe(summary.computed)
      }
    }),
  )
})

const usage = { ...emptyRecord(), model: 'acme', inputTokens: 100 }

test.each<[string, Partial<UsageRecord>, string | undefined]>([
  ['a short request', {}, 'short'],
  ['a long one', { inputTokens: 201 }, 'long'],
  ['a sum of requests', { inputTokens: 201, aggregate: true }, 'sum'],
  ['a correction', { inputTokens: 201, adjustment: true }, 'sum'],
  ['a price without a tier', { model: 'free' }, undefined],
])('says of %s whether the tier held', (_, fields, outcome) => {
  const { computed } = breakdownOf({ ...usage, ...fields }, table, 'auto')
  expect(computed?.tier?.outcome).toBe(outcome)
})

it('names a factor once where tier and speed both say it', () => {
  const { computed } = breakdownOf({ ...usage, serviceTier: 'fast', speed: 'fast' }, table, 'auto')
  expect(computed?.factors.map(({ word }) => word)).toEqual(['fast'])
})

test.each<[string, Partial<UsageRecord>, string | null]>([
  ['recorded more', { costUsd: usd('0.0005') }, '0.0002'],
  ['recorded less', { costUsd: usd('0.0001') }, '-0.0002'],
  ['the same', { costUsd: usd('0.0003') }, null],
  ['a recorded zero, which means unknown', { costUsd: usd('0') }, null],
  ['nothing recorded', {}, null],
  ['no price', { model: 'unknown', costUsd: usd('1') }, null],
])('differs by: %s', (_, fields, difference) => {
  const one = { ...usage, ...fields }
  const found = differenceOf({ record: one, breakdown: breakdownOf(one, table, 'auto') })
  expect(found === null ? null : decimalText(found)).toBe(difference)
})

it('keeps rates apart in a summary: a tier makes a line of its own', () => {
  const records = [usage, usage, { ...usage, inputTokens: 300 }]
  const [summary] = summariesOf(
    records.map((one) => ({ record: one, breakdown: breakdownOf(one, table, 'auto') })),
  )
  expect(summary?.lines.map(({ kind, count, rate }) => [kind, count, rate])).toEqual([
    ['input', 200, 3_000_000n],
    ['input', 300, 6_000_000n],
  ])
})
