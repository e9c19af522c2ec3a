import { describe, expect, it } from 'vitest'
import { type RoutedTask, overkillOf } from '../../src/core/overkill.ts'
import { UNKNOWN, type UsageRecord } from '../../src/core/record.ts'
import { aRecord } from './a-record.ts'

const nowhere = (): RoutedTask => ({ model: null, isProtected: false })
const toHaiku = (): RoutedTask => ({ model: 'haiku', isProtected: false })

const small = { taskType: UNKNOWN, inputTokens: 9_000, cacheReadTokens: 41_000, outputTokens: 500 }

function times(count: number, fields: Partial<UsageRecord> = {}): UsageRecord[] {
  return Array.from({ length: count }, () => aRecord({ ...small, ...fields }))
}

const SHAPE = { kind: 'shape', requests: 10, output: 500, context: 50_000 }

describe('the shape of a session', () => {
  it.each<[what: string, records: readonly UsageRecord[], expected: object | null]>([
    ['ten small requests', times(10), SHAPE],
    ['nine', times(9), null],
    ['nine small answers of ten', [...times(9), ...times(1, { outputTokens: 9_000 })], SHAPE],
    ['eight small answers of ten', [...times(8), ...times(2, { outputTokens: 501 })], null],
    ['one long request', [...times(10), ...times(1, { cacheWriteTokens: 1 })], null],
    ['a sum of requests', times(10, { aggregate: true }), null],
    [
      'corrections beside ten requests',
      [...times(10), ...times(3, { adjustment: true, outputTokens: -9 })],
      SHAPE,
    ],
    ['nothing', [], null],
  ])('of %s', (_, records, expected) => {
    expect(overkillOf(records, nowhere)).toEqual(expected)
  })
})

describe('the rules of the router', () => {
  it('speak for every type of task, or not at all', () => {
    const rule = { kind: 'rule', taskTypes: ['format', 'lint'], models: ['haiku'] }
    const records = ['format', 'lint', 'format'].map((taskType) => aRecord({ taskType }))
    expect(overkillOf(records, toHaiku)).toEqual(rule)
    expect(overkillOf([...records, aRecord({ taskType: UNKNOWN })], toHaiku)).toBeNull()
    expect(overkillOf(records, (taskType) => (taskType === 'lint' ? nowhere() : toHaiku()))).toBeNull()
  })

  it('give way to the shape where they have nothing to say', () => {
    expect(overkillOf(times(10, { taskType: 'chat' }), nowhere)).toEqual(SHAPE)
  })

  it('protect whatever shape it has', () => {
    expect(
      overkillOf(times(10, { taskType: 'audit' }), () => ({ model: 'haiku', isProtected: true })),
    ).toBeNull()
  })
})
