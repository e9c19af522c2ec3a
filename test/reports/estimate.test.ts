import { describe, expect, it } from 'vitest'
import { NO_TOKENS, callCost, estimatedTokens, times } from '../../src/core/call-cost.ts'
import { decimalText } from '../../src/core/money.ts'
import { priceTable } from '../../src/core/price-table.ts'
import type { Price } from '../../src/core/price.ts'
import type { Section, Value } from '../../src/core/report.ts'
import { estimate } from '../../src/reports/estimate.ts'
import { exampleOperations } from '../../src/reports/example-operations.ts'
import { tiering } from '../../src/reports/tiering.ts'
import { type RepeatedCalls, waysToPayLess } from '../../src/reports/ways-to-pay-less.ts'
import { systemPrices } from '../../src/system/shipped-prices.ts'

const TABLE = priceTable([], systemPrices.shipped())

function priceOf(model: string): Price {
  const price = TABLE.priceOf(model, Date.UTC(2025, 11, 15))
  if (price === null) throw new Error(`${model} has no price`)
  return price
}

const SONNET = priceOf('claude-sonnet-4')
const OPUS = priceOf('claude-opus-4')
const HAIKU = priceOf('claude-3-5-haiku')

const cost = (price: Price, input: number, output: number): string =>
  decimalText(callCost({ ...NO_TOKENS, input, output }, price))

describe('what a call costs', () => {
  it.each<[what: string, price: Price, input: number, output: number, usd: string]>([
    ['reading a document', SONNET, 2000, 500, '0.0135'],
    ['sorting in an error', SONNET, 1000, 200, '0.006'],
    ['an answer in a chat', SONNET, 500, 200, '0.0045'],
    ['answering a query', SONNET, 1500, 300, '0.009'],
    ['an hour with an agent', SONNET, 50_000, 5000, '0.225'],
    ['a long conversation', SONNET, 98_000, 0, '0.294'],
    ['the same on the dearest', OPUS, 2000, 500, '0.0675'],
    ['the same on the cheapest', HAIKU, 2000, 500, '0.0036'],
  ])('%s', (_, price, input, output, usd) => {
    expect(cost(price, input, output)).toBe(usd)
  })

  // What is often written down of them, each call rounded up before it is counted, is beside it.
  it.each([
    ['$0.07', 5, '0.0675'],
    ['$0.28', 20, '0.27'],
    ['$1.40', 100, '1.35'],
  ])('rounds nothing on the way: about %s for %i documents', (_, count, usd) => {
    expect(decimalText(times(callCost({ ...NO_TOKENS, input: 2000, output: 500 }, SONNET), count))).toBe(usd)
  })
})

it.each([
  ['', 0],
  ['a', 1],
  ['abcd', 1],
  ['abcde', 2],
  ['💸💸💸💸', 1],
])('takes four characters for a token: %j', (text, tokens) => {
  expect(estimatedTokens(text)).toBe(tokens)
})

function rows(sections: readonly Section[], key: string): readonly Readonly<Record<string, Value>>[] {
  const section = sections.find((one) => one.key === key)
  if (section?.kind !== 'table') throw new Error(`there is no table ${key}`)
  return [...section.rows].map((row) =>
    Object.fromEntries(row.map((value, nth) => [section.columns[nth]!.key, value])),
  )
}

const usdOf = (value: Value | undefined): string | null =>
  value?.kind === 'money' ? decimalText(value.usd) : null
const nameOf = (value: Value | undefined): string =>
  value?.kind === 'name' ? value.name : value?.kind === 'word' ? value.word : ''

const CALLS = {
  tokens: { ...NO_TOKENS, input: 2000, output: 500 },
  calls: 10,
  callsADay: 20,
  shared: null,
  prunedTo: null,
  models: [OPUS, SONNET, HAIKU],
  mostRows: Infinity,
}

describe('what calls cost on each model', () => {
  it('tells the cheapest first, what all calls come to, and what a day and a month of 30 days do', () => {
    const told = rows(estimate(CALLS), 'models').map((row) => [
      nameOf(row['model']),
      ...['cost_per_call_usd', 'cost_usd', 'batch_cost_usd', 'cost_per_day_usd', 'cost_per_month_usd'].map(
        (key) => usdOf(row[key]),
      ),
    ])
    expect(told).toEqual([
      ['claude-3-5-haiku', '0.0036', '0.036', '0.018', '0.072', '2.16'],
      ['claude-sonnet-4', '0.0135', '0.135', '0.0675', '0.27', '8.1'],
      ['claude-opus-4', '0.0675', '0.675', '0.3375', '1.35', '40.5'],
    ])
  })

  it('says nothing of ways to pay less when nobody says what could be pruned or is shared', () => {
    expect(estimate(CALLS).map(({ key }) => key)).toEqual(['call', 'models'])
  })
})

function ways(asked: Partial<RepeatedCalls>): readonly (readonly unknown[])[] {
  return rows(waysToPayLess([SONNET], { ...CALLS, ...asked }), 'ways').map((row) => [
    nameOf(row['way']),
    usdOf(row['cost_usd']),
    row['saved']?.kind === 'share' ? row['saved'].share : null,
  ])
}

describe('ways to pay less', () => {
  it('saves seventy percent of the input that is pruned by seventy percent', () => {
    const tokens = { ...NO_TOKENS, input: 50_000 }
    expect(ways({ tokens, calls: 1, prunedTo: 15_000 })).toEqual([
      ['as it is', '0.15', 0],
      ['input pruned', '0.045', 0.7],
      ['in a batch', '0.075', 0.5],
    ])
  })

  it('sends what five calls share once, or keeps it in the cache of the provider', () => {
    const tokens = { ...NO_TOKENS, input: 10_000 }
    expect(ways({ tokens, calls: 5, shared: 8_750 })).toEqual([
      ['as it is', '0.15', 0],
      // One and a half times the input of one call, and not five times.
      ['in one request', '0.045', 0.7],
      // (8,750 × 3.75 + 4 × 8,750 × 0.30 + 5 × 1,250 × 3) / 1,000,000
      ['shared part cached', '0.0620625', 0.58625],
      ['in a batch', '0.075', 0.5],
    ])
  })

  it('says from how many calls on a cache pays: the second, where writing costs a quarter more', () => {
    const tokens = { ...NO_TOKENS, input: 10_000 }
    const told = rows(waysToPayLess([SONNET], { ...CALLS, tokens, shared: 8000 }), 'ways')
    expect(told.map((row) => row['pays_from_calls'])).toContainEqual({ kind: 'count', count: 2 })
    const [once, twice] = [1, 2].map((calls) =>
      waysToPayLess([SONNET], { ...CALLS, tokens, calls, shared: 8000 }),
    )
    expect(rows(once!, 'ways').map((row) => nameOf(row['way']))).not.toContain('shared part cached')
    expect(usdOf(rows(twice!, 'ways')[2]!['saved_usd'])).toBe('0.0156')
  })
})

it('says what it saves to spread calls over models', () => {
  // An average session of fifty cents on the dearest model.
  const tokens = { ...NO_TOKENS, input: 8333, output: 5000 }
  const [figures] = tiering(
    [
      { price: OPUS, calls: 20 },
      { price: SONNET, calls: 50 },
      { price: HAIKU, calls: 30 },
    ],
    tokens,
  )
  const told = figures?.kind === 'figures' ? figures.figures.map(({ value }) => value) : []
  expect(told.slice(1, 4).map(usdOf)).toEqual(['49.9995', '15.799842', '34.199658'])
  expect(told[4]).toEqual({ kind: 'share', share: 0.684 })
})

it('has examples of what models are typically asked', () => {
  const sections = exampleOperations([SONNET], Infinity)
  expect(rows(sections, 'operations').map((row) => usdOf(row['cost_per_month_usd']))).toEqual([
    '2.025',
    '8.1',
    '40.5',
    '3.6',
    '2.7',
    '5.4',
    '27',
  ])
  expect(
    rows(sections, 'activities').map((row) => [usdOf(row['least_cost_usd']), usdOf(row['most_cost_usd'])]),
  ).toEqual([
    ['0.006', '0.0165'],
    ['0.0105', '0.0315'],
    ['0.051', '0.135'],
    ['0.0345', '0.102'],
    ['0.0225', '0.063'],
  ])
})
