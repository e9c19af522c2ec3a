import { describe, expect, it } from 'vitest'
import { costOf } from '../../src/core/cost.ts'
import { decimalText } from '../../src/core/money.ts'
import { priceFromBlock } from '../../src/core/price-block.ts'
import { priceTable } from '../../src/core/price-table.ts'
import type { UsageRecord } from '../../src/core/record.ts'
import type { Section, Value } from '../../src/core/report.ts'
import { ALL_DAYS } from '../../src/reports/day-span.ts'
import { type RequestShape, RequestShapes } from '../../src/reports/request-shapes.ts'
import { type SavingsGround, savings } from '../../src/reports/savings.ts'
import { EVERYTHING, select } from '../../src/reports/usage.ts'
import { aRecord } from '../core/a-record.ts'
import { usd } from '../kit/a-budget.ts'
import { usage } from '../kit/fold-lines.ts'
import { foldOf, usageIn } from './asking.ts'

const OPUS = priceFromBlock({ model: 'opus-1', input: '10', output: '50', cache_read: '1' }, 'a test')
const HAIKU = priceFromBlock({ model: 'haiku-1', input: '1', output: '5' }, 'a test')
const TABLE = priceTable([OPUS, HAIKU])

function shapesOf(records: readonly UsageRecord[]): readonly RequestShape[] {
  const shapes = new RequestShapes((model) =>
    model === 'opus-1'
      ? { own: OPUS, smaller: HAIKU }
      : model === 'haiku-1'
        ? { own: HAIKU, smaller: null }
        : null,
  )
  for (const record of records) shapes.note(record, costOf(record, TABLE, 'auto'))
  return [...shapes.all()]
}

const request = (fields: Partial<UsageRecord> = {}): UsageRecord =>
  aRecord({ model: 'opus-1', inputTokens: 1000, outputTokens: 100, ...fields })
const many = (
  count: number,
  of: (nth: number) => Partial<UsageRecord> = () => ({}),
): readonly UsageRecord[] => Array.from({ length: count }, (_, nth) => request(of(nth)))

describe('requests that look like work for a smaller model', () => {
  it.each<[what: string, records: readonly UsageRecord[], isSmall: boolean]>([
    ['ten that wrote little', many(10), true],
    ['nine say nothing yet', many(9), false],
    ['one of ten may write more', many(10, (nth) => ({ outputTokens: nth === 0 ? 5000 : 100 })), true],
    ['two of ten may not', many(10, (nth) => ({ outputTokens: nth < 2 ? 5000 : 100 })), false],
    ['none may read much', many(10, (nth) => ({ inputTokens: nth === 0 ? 60_000 : 100 })), false],
    ['sums of requests have no shape', many(10, () => ({ aggregate: true })), false],
  ])('%s', (_, records, isSmall) => {
    expect(shapesOf(records).map((shape) => shape.isSmall)).toEqual([isSmall])
  })

  it('would have cost a tenth', () => {
    const [shape] = shapesOf(many(10))
    expect([decimalText(shape!.usd), decimalText(shape!.saved)]).toEqual(['0.15', '0.135'])
  })

  it('are told by session and model; corrections and records without a session are passed over', () => {
    const shapes = shapesOf([
      request(),
      request({ sessionId: 's2' }),
      request({ model: 'haiku-1' }),
      request({ adjustment: true }),
      request({ sessionId: '(unknown)' }),
    ])
    expect(shapes.map(({ sessionId, model, requests }) => [sessionId, model, requests])).toEqual([
      ['session-1', 'opus-1', 1],
      ['session-1', 'haiku-1', 1],
      ['s2', 'opus-1', 1],
    ])
  })
})

it('tells what a grown context cost: what was read beyond that of the first five requests', () => {
  const [shape] = shapesOf(many(10, (nth) => ({ inputTokens: nth < 5 ? 1000 : 4000, outputTokens: 0 })))
  expect([shape!.firstContext, shape!.lastContext, decimalText(shape!.growthUsd)]).toEqual([
    1000,
    4000,
    '0.15',
  ])
})

const NO_GROUND: SavingsGround = {
  shapes: [],
  priceOf: (model) => TABLE.priceOf(model, 0),
  smallerThan: () => HAIKU,
  ruled: [],
  mostRows: Infinity,
}

function told(lines: readonly string[], ground: Partial<SavingsGround> = {}): readonly Section[] {
  return savings(select(usageIn(foldOf({ lines })), ALL_DAYS, EVERYTHING), { ...NO_GROUND, ...ground })
}

function rowsOf(sections: readonly Section[], key: string): readonly (readonly Value[])[] {
  const section = sections.find((one) => one.key === key)
  return section?.kind === 'table' ? [...section.rows] : []
}

const money = (amount: string): Value => ({ kind: 'money', usd: usd(amount), lowerBound: false })

describe('where money could be saved', () => {
  it('is nowhere when nothing stands out', () => {
    expect(told([usage({ cost_usd: 1 })]).map(({ key }) => key)).toEqual(['total', 'advice'])
  })

  it('is a smaller model for small requests', () => {
    const shapes = shapesOf([...many(10), ...many(12, () => ({ sessionId: 's2' }))])
    expect(rowsOf(told([], { shapes }), 'small_requests')).toEqual([
      [
        { kind: 'name', name: 'opus-1' },
        { kind: 'name', name: 'haiku-1' },
        { kind: 'count', count: 2 },
        { kind: 'count', count: 22 },
        money('0.33'),
        money('0.033'),
        money('0.297'),
      ],
    ])
  })

  it('is the cache, where less than 60% of a million tokens and more came from it', () => {
    const lines = [usage({ model: 'opus-1', input_tokens: 900_000, cache_read_tokens: 100_000, cost_usd: 9 })]
    expect(rowsOf(told(lines), 'cache')).toEqual([
      [
        { kind: 'name', name: 'opus-1' },
        { kind: 'share', share: 0.1 },
        { kind: 'count', count: 900_000 },
        money('9'),
        money('4.5'),
        // Half a million tokens at nine dollars less a million.
        money('4.5'),
      ],
    ])
    expect(rowsOf(told([usage({ model: 'opus-1', input_tokens: 90_000, cost_usd: 9 })]), 'cache')).toEqual([])
    expect(
      rowsOf(told([usage({ model: 'haiku-1', input_tokens: 9_000_000, cost_usd: 9 })]), 'cache'),
    ).toEqual([])
  })

  it('is a context that grew', () => {
    const shapes = shapesOf(many(20, (nth) => ({ inputTokens: nth < 10 ? 10_000 : 60_000 })))
    expect(rowsOf(told([], { shapes }), 'context')).toHaveLength(1)
    expect(
      rowsOf(told([], { shapes: shapesOf(many(20, () => ({ inputTokens: 60_000 }))) }), 'context'),
    ).toEqual([])
  })

  it('is a kind of task of which a session costs twice the average', () => {
    const lines = Array.from({ length: 12 }, (_, nth) =>
      usage({
        id: `${nth}`,
        session_id: `s${nth}`,
        task_type: nth < 3 ? 'design' : 'fix',
        cost_usd: nth < 3 ? 5 : 1,
      }),
    )
    expect(rowsOf(told(lines), 'costly_kinds').map(([taskType, , over]) => [taskType, over])).toEqual([
      [
        { kind: 'name', name: 'design' },
        { kind: 'change', change: 1.5 },
      ],
    ])
  })

  it('shows in how the latest sessions compare with those before', () => {
    const lines = Array.from({ length: 10 }, (_, nth) =>
      usage({
        id: `${nth}`,
        session_id: `s${nth}`,
        timestamp: `2025-12-1${nth}T10:00:00Z`,
        cost_usd: nth < 5 ? 2 : 1,
      }),
    )
    const [cost] = rowsOf(told(lines), 'trend')
    expect(cost!.slice(1)).toEqual([money('2'), money('1'), { kind: 'change', change: -0.5 }])
    expect(rowsOf(told(lines.slice(1)), 'trend')).toEqual([])
  })
})
