import { describe, expect, it } from 'vitest'
import type { Budget } from '../../src/core/budget.ts'
import { UNDATED } from '../../src/core/cells.ts'
import { Groups, matchesScope } from '../../src/core/groups.ts'
import { type Share, picodollarsOf } from '../../src/core/money.ts'
import { Rollup } from '../../src/core/rollup.ts'
import { aRecord } from './a-record.ts'

const DAY = 86_400_000
const USD = picodollarsOf(3n)

function aRollup(options: { detailFrom?: number; sessionBudgets?: readonly Budget[] } = {}): Rollup {
  return new Rollup({
    dayOf: (instant) => Math.floor(instant / DAY),
    detailFrom: 0,
    sessionBudgets: [],
    ...options,
  })
}

describe('a rollup', () => {
  it('adds records up by day and labels', () => {
    const rollup = aRollup()
    rollup.enter(
      aRecord({ timestamp: 0, inputTokens: 1, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 }),
      USD,
    )
    rollup.enter(aRecord({ timestamp: 5, inputTokens: 10, outputTokens: 20 }), USD)
    rollup.enter(aRecord({ timestamp: DAY }), USD)
    rollup.enter(aRecord({ timestamp: DAY, model: 'other' }), USD)
    const { cells } = rollup
    expect(cells.size).toBe(3)
    expect([cells.day[0], cells.records[0], cells.usd.at(0)]).toEqual([0, 2, 6n])
    expect([
      cells.inputTokens[0],
      cells.outputTokens[0],
      cells.cacheReadTokens[0],
      cells.cacheWriteTokens[0],
    ]).toEqual([11, 22, 3, 4])
  })

  it.each<[what: string, change: (rollup: Rollup) => void]>([
    ['entered', (rollup) => rollup.enter(aRecord({}), USD)],
    ['added', (rollup) => rollup.add(aRecord({}), USD, 1)],
    ['taken out', (rollup) => rollup.add(aRecord({}), USD, -1)],
    ['noted', (rollup) => rollup.touch(aRecord({}))],
    ['refused', (rollup) => rollup.reject(aRecord({}))],
    ['absorbed', (rollup) => rollup.absorb(aRollup().parts())],
  ])('tells when something was %s, so that nobody keeps old sums', (_, change) => {
    const rollup = aRollup()
    const before = rollup.changes
    change(rollup)
    expect(rollup.changes).toBeGreaterThan(before)
  })

  it('takes a record out again without a trace in any sum', () => {
    const rollup = aRollup()
    const record = aRecord({ timestamp: 0 })
    rollup.enter(record, null)
    rollup.enter(aRecord({ timestamp: 1 }), USD)
    rollup.add(record, null, -1)
    const { cells, sessions, sessionDays } = rollup
    expect([cells.records[0], cells.usd.at(0), cells.unpricedRecords[0], cells.unpricedTokens[0]]).toEqual([
      1,
      3n,
      0,
      0,
    ])
    expect([sessions.usd.at(0), sessions.uncertain[0]]).toEqual([3n, 0])
    expect([sessionDays.records[0], sessionDays.usd.at(0), sessionDays.uncertain[0]]).toEqual([1, 3n, 0])
  })

  it('keeps unpriced and refused records apart from spend', () => {
    const rollup = aRollup()
    rollup.enter(aRecord({ timestamp: 0, inputTokens: 5, outputTokens: 6 }), null)
    rollup.reject(aRecord({ timestamp: 0 }))
    const { cells, sessions } = rollup
    expect([cells.records[0], cells.unpricedRecords[0], cells.unpricedTokens[0], cells.rejected[0]]).toEqual([
      1, 1, 11, 1,
    ])
    expect([sessions.usd.at(0), sessions.uncertain[0]]).toEqual([0n, 2])
  })

  it('puts records without an instant on no day', () => {
    const rollup = aRollup()
    rollup.enter(aRecord({ timestamp: null }), USD)
    expect(rollup.cells.day[0]).toBe(UNDATED)
    expect([rollup.sessions.first[0], rollup.sessions.last[0]]).toEqual([Infinity, -Infinity])
  })

  it('judges nobody for a session without a name', () => {
    const rollup = aRollup()
    rollup.enter(aRecord({ sessionId: '(unknown)' }), USD)
    expect(rollup.sessions.size).toBe(0)
  })

  it('takes the later of two lines of the same instant for the newer one', () => {
    const rollup = aRollup()
    rollup.enter(aRecord({ timestamp: 9, model: 'first' }), USD)
    rollup.enter(aRecord({ timestamp: 9, model: 'second' }), USD)
    rollup.touch(aRecord({ timestamp: 3, model: 'earlier' }))
    expect(rollup.groups.at(rollup.sessions.newestGroup[0]!).model).toBe('second')
    expect([rollup.sessions.first[0], rollup.sessions.last[0]]).toEqual([3, 9])
  })

  it('keeps nothing but the model of days beyond sight', () => {
    const rollup = aRollup({ detailFrom: 10 })
    for (const project of ['a', 'b', 'c']) rollup.enter(aRecord({ timestamp: 0, project }), USD)
    for (const project of ['a', 'b']) rollup.enter(aRecord({ timestamp: 10 * DAY, project }), USD)
    expect(rollup.cells.size).toBe(3)
    expect(rollup.groups.at(rollup.cells.group[0]!)).toMatchObject({
      model: 'claude-sonnet-4',
      project: '(unknown)',
    })
    expect([...rollup.sessionDays.rowsOf(0)]).toEqual([])
    expect([...rollup.sessionDays.rowsOf(10)]).toEqual([0])
    expect(rollup.sessions.usd.at(0)).toBe(15n)
  })

  it('adds up what each narrowed session budget sees', () => {
    const rollup = aRollup({ sessionBudgets: [aBudget({ model: 'opus*' }), aBudget({ project: 'b' })] })
    rollup.enter(aRecord({ model: 'opus-4', project: 'a' }), USD)
    rollup.enter(aRecord({ model: 'opus-4', project: 'b' }), USD)
    rollup.enter(aRecord({ model: 'haiku', project: 'a' }), USD)
    const { sessionScopes } = rollup
    expect(sessionScopes.usd.at(sessionScopes.find(0, 0))).toBe(6n)
    expect(sessionScopes.usd.at(sessionScopes.find(0, 1))).toBe(3n)
    expect(sessionScopes.find(0, 2)).toBe(-1)
  })

  it('tells thousands of sessions and cells apart', () => {
    const rollup = aRollup()
    for (let i = 0; i < 20_000; i++) {
      rollup.enter(
        aRecord({ sessionId: `s-${i % 5000}`, timestamp: (i % 300) * DAY, project: `p${i % 7}` }),
        USD,
      )
    }
    const { cells, sessions } = rollup
    expect([cells.size, sessions.size]).toEqual([2100, 5000])
    for (let row = 0; row < 5000; row++) expect(sessions.usd.at(row)).toBe(12n)
    expect(cells.records.reduce((sum, records) => sum + records, 0)).toBe(20_000)
  })
})

describe('groups', () => {
  it('tell hostile labels apart', () => {
    const groups = new Groups()
    const labels = ['', '__proto__', 'constructor', 'toString', 'a', 'ab', '\0', 'a\0b']
    const records = labels.flatMap((project) =>
      labels.flatMap((taskType) => labels.map((taskId) => aRecord({ project, taskType, taskId }))),
    )
    const numbers = records.map((record) => groups.of(record))
    expect(new Set(numbers).size).toBe(labels.length ** 3)
    expect(records.map((record) => groups.of(record))).toEqual(numbers)
    records.forEach(({ project, taskType, taskId }, i) =>
      expect(groups.at(numbers[i]!)).toMatchObject({ project, task_type: taskType, task_id: taskId }),
    )
  })

  it('match a scope when every named label matches', () => {
    const groups = new Groups()
    const group = groups.at(groups.of(aRecord({ taskId: 'T-1' })))
    expect(matchesScope({}, group)).toBe(true)
    expect(matchesScope({ model: 'claude-*', task_id: 'T-1' }, group)).toBe(true)
    expect(matchesScope({ model: 'claude-*', project: 'other' }, group)).toBe(false)
  })
})

function aBudget(scope: Budget['scope']): Budget {
  return {
    id: JSON.stringify(scope),
    name: 'x',
    kind: 'per_session',
    scope,
    limit: USD,
    thresholdWarning: 800_000n as Share,
    thresholdCritical: 950_000n as Share,
    action: 'warn',
  }
}
