import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { NO_MONEY, picodollarsOf, plus } from '../../src/core/money.ts'
import { type UsageRecord, emptyRecord } from '../../src/core/record.ts'
import { type TaskCost, TaskTally, sumOfTasks } from '../../src/core/task-cost.ts'

function record(change: Partial<UsageRecord>): UsageRecord {
  return { ...emptyRecord(), id: 'a', timestamp: 1000, inputTokens: 10, model: 'm', taskId: 't', ...change }
}

function costsOf(...records: readonly UsageRecord[]): readonly TaskCost[] {
  const tally = new TaskTally()
  for (const one of records) tally.add(one, one.costUsd)
  return tally.costs()
}

const usd = picodollarsOf

describe('the costs of tasks', () => {
  it('are told by task, most spend first, with the model that most was spent on', () => {
    const costs = costsOf(
      record({ id: 'a', costUsd: usd(1n) }),
      record({ id: 'b', costUsd: usd(5n), model: 'n', sessionId: 's2', timestamp: 3000, enhancement: 'new' }),
      record({ id: 'c', costUsd: usd(2n), sessionId: 's1', timestamp: 2000, enhancement: 'old' }),
      record({ id: 'd', costUsd: usd(9n), taskId: 'u' }),
    )
    expect(costs).toMatchObject([
      { taskId: 'u', usd: 9n, enhancement: '', records: 1 },
      {
        taskId: 't',
        usd: 8n,
        enhancement: 'new',
        records: 3,
        models: [{ model: 'n', usd: 5n }, { model: 'm' }],
        sessions: ['(unknown)', 's1', 's2'],
        first: 1000,
        last: 3000,
      },
    ])
  })

  it('are lower bounds where something has no price', () => {
    expect(costsOf(record({ costUsd: null }))).toMatchObject([{ usd: 0n, lowerBound: true, records: 1 }])
  })

  it('forget what was moved to another task, and count it there', () => {
    const moved = { adjustment: true, corrects: 'a' }
    const costs = costsOf(
      record({ id: 'a', costUsd: usd(3n) }),
      record({ ...moved, id: 'x', inputTokens: -10, costUsd: usd(-3n) }),
      record({ ...moved, id: 'y', taskId: 'u', costUsd: usd(3n) }),
    )
    expect(costs).toMatchObject([{ taskId: 'u', usd: 3n, records: 1, tokens: { input: 10 } }])
  })

  it('add up to all there is, in any order', () => {
    const one = fc.record({
      taskId: fc.constantFrom('', 't', 'u'),
      model: fc.constantFrom('m', 'n'),
      sessionId: fc.constantFrom('r', 's'),
      timestamp: fc.option(fc.nat()),
      inputTokens: fc.nat({ max: 9 }),
      outputTokens: fc.nat({ max: 9 }),
      costUsd: fc.option(fc.nat({ max: 99 }).map((amount) => usd(BigInt(amount)))),
    })
    fc.assert(
      fc.property(fc.array(one), (changes) => {
        const records = changes.map((change, nth) => record({ ...change, id: `r${nth}` }))
        const sum = sumOfTasks(costsOf(...records))
        expect(sum.usd).toBe(records.reduce((all, { costUsd }) => plus(all, costUsd ?? NO_MONEY), NO_MONEY))
        expect(sum.tokens.output).toBe(records.reduce((all, { outputTokens }) => all + outputTokens, 0))
        expect(costsOf(...records.toReversed())).toEqual(costsOf(...records))
      }),
    )
  })
})
