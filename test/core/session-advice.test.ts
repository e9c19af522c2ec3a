import { array as arrayOf, assert, constantFrom, integer, property, record as recordOf } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_GUARDIAN, type Guardian } from '../../src/core/guardian.ts'
import { UNKNOWN, type UsageRecord } from '../../src/core/record.ts'
import { priceFromBlock } from '../../src/core/price-block.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { type AdviceGround, adviseOn } from '../../src/core/session-advice.ts'
import { usd } from '../kit/a-budget.ts'
import { aRecord } from './a-record.ts'

const MODELS = { 'm-1-opus': ['5', '25'], 'm-1-sonnet': ['2', '10'], 'm-1-mid': ['4', '20'] } as const
const table = priceTable(
  Object.entries(MODELS).map(([model, [input, output]]) => priceFromBlock({ model, input, output }, 'test')),
)

function ground(guardian: Partial<Guardian> = {}, rest: Partial<AdviceGround> = {}): AdviceGround {
  return {
    guardian: { ...DEFAULT_GUARDIAN, ...guardian },
    table,
    models: Object.keys(MODELS),
    costMode: 'auto',
    asOf: Date.UTC(2025, 11, 15, 15),
    routed: () => ({ model: null, isProtected: false }),
    ...rest,
  }
}

const opus = (fields: Partial<UsageRecord> = {}): UsageRecord =>
  aRecord({ model: 'm-1-opus', inputTokens: 100_000, outputTokens: 20_000, taskType: UNKNOWN, ...fields })

/** Of a session that cost a dollar, all of it on the dearest model. */
const advise = (guardian: Partial<Guardian>, records: readonly UsageRecord[] = [opus()], rest = {}) =>
  adviseOn('s1', records, ground(guardian, rest))

const SMALL = Array.from({ length: 10 }, () => opus({ inputTokens: 10_000, outputTokens: 400 }))

describe('the advice on a session', () => {
  it('that cost more than it may names the next cheaper model, and what that would have cost', () => {
    expect(advise({ warnOver: usd('0.99') })).toEqual({
      sessionId: 's1',
      cost: usd('1'),
      lowerBound: false,
      warnOver: usd('0.99'),
      isOver: true,
      model: 'm-1-opus',
      overkill: null,
      cheaper: { model: 'm-1-mid', cost: usd('0.8'), saved: usd('0.2') },
      message: 'This session cost $1.00. Consider using m-1-mid for similar tasks.',
    })
  })

  it.each([
    ['exactly what it may', { warnOver: usd('1') }],
    ['what nobody limits', {}],
  ])('that cost %s is none', (_, guardian) => {
    expect(advise(guardian)).toMatchObject({ isOver: false, message: null })
  })

  it('names no model where nobody wants to know, or none is cheaper', () => {
    const over = { warnOver: usd('0') }
    const plain = { cheaper: null, message: 'This session cost $1.00.' }
    expect(advise({ ...over, suggestsCheaper: false })).toMatchObject(plain)
    expect(advise(over, [opus()], { models: ['m-1-opus'] })).toMatchObject(plain)
    expect(advise(over, [opus({ model: 'acme', costUsd: usd('1') })])).toMatchObject(plain)
  })

  it('names no model on which it would have cost no less than the tool recorded', () => {
    expect(advise({ warnOver: usd('0.1') }, [opus({ costUsd: usd('0.5') })])).toMatchObject({ cheaper: null })
  })

  it('saves nothing of what the tool recorded beyond the list price', () => {
    const cheaper = { cost: usd('8.8'), saved: usd('0.2') }
    expect(advise({ warnOver: usd('0.1') }, [opus({ costUsd: usd('9') })])).toMatchObject({ cheaper })
  })

  it('leaves the other models of the session as they were', () => {
    const records = [opus(), aRecord({ model: 'm-1-sonnet', inputTokens: 50_000, outputTokens: 0 })]
    expect(advise({ warnOver: usd('1') }, records)).toMatchObject({
      cost: usd('1.1'),
      model: 'm-1-opus',
      cheaper: { cost: usd('0.9'), saved: usd('0.2') },
    })
  })

  it('says that it cost at least so much where something has no price', () => {
    expect(advise({ warnOver: usd('0.5') }, [opus(), opus({ model: 'acme' })])).toMatchObject({
      lowerBound: true,
      isOver: true,
    })
  })

  it('whose shape is small asks for a model at half the price', () => {
    expect(advise({ warnsOfOverkill: true }, SMALL)).toMatchObject({
      isOver: false,
      overkill: { kind: 'shape', requests: 10, output: 400, context: 10_000 },
      cheaper: { model: 'm-1-sonnet', cost: usd('0.24'), saved: usd('0.36') },
      message: 'This session cost $0.60. Consider using m-1-sonnet for similar tasks.',
    })
    expect(advise({ warnsOfOverkill: false }, SMALL)).toMatchObject({ overkill: null, message: null })
  })

  it('whose shape is small is no overkill where nothing costs half', () => {
    const models = ['m-1-opus', 'm-1-mid']
    expect(advise({ warnsOfOverkill: true }, SMALL, { models })).toMatchObject({
      overkill: null,
      message: null,
    })
  })

  it('that the router sends to cheaper models names the dearest of these', () => {
    const models: Readonly<Record<string, string>> = { lint: 'm-1-sonnet', docs: 'm-1-mid' }
    const routed = (taskType: string) => ({ model: models[taskType] ?? null, isProtected: false })
    const records = [opus({ taskType: 'lint' }), opus({ taskType: 'docs' })]
    expect(advise({ warnsOfOverkill: true }, records, { routed })).toMatchObject({
      overkill: { kind: 'rule', taskTypes: ['lint', 'docs'] },
      cheaper: { model: 'm-1-mid' },
    })
  })

  it.each(['m-1-opus', 'acme'])('that the router sends to %s, too, is none', (other) => {
    const routed = (taskType: string) => ({
      model: taskType === 'lint' ? 'm-1-sonnet' : other,
      isProtected: false,
    })
    for (const types of [
      ['lint', 'docs'],
      ['docs', 'lint'],
    ]) {
      const records = types.map((taskType) => opus({ taskType }))
      expect(advise({ warnsOfOverkill: true }, records, { routed })).toMatchObject({ overkill: null })
    }
  })

  it('without records is none', () => {
    expect(adviseOn('s1', [], ground())).toBeNull()
  })

  it('adds up to the dollar, and only ever saves', () => {
    const record = recordOf({
      model: constantFrom('m-1-opus', 'm-1-sonnet', 'm-1-mid', 'acme'),
      inputTokens: integer({ min: 0, max: 90_000 }),
      outputTokens: integer({ min: 0, max: 9_000 }),
    }).map((fields) => aRecord(fields))
    assert(
      property(arrayOf(record, { minLength: 1, maxLength: 20 }), (records) => {
        const advice = adviseOn('s1', records, ground({ warnOver: usd('0') }))
        const { cost = usd('0'), cheaper = null } = advice ?? {}
        if (cheaper === null) return
        expect(cheaper.saved > 0n).toBe(true)
        expect(cheaper.cost + cheaper.saved).toBe(cost)
      }),
    )
  })
})
