import { assert, bigInt, constantFrom, integer, option, property, record, string } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type Decision, decisionLine, noteLine, parseDecisionLine } from '../../src/core/decision.ts'
import { lastStepOf, notedDecisions } from '../../src/core/decision-log.ts'
import { type Money, type Share } from '../../src/core/money.ts'
import { share, usd } from '../kit/a-budget.ts'
import { instant } from '../kit/fold-lines.ts'

function aDecision(rest: Partial<Decision> = {}): Decision {
  return {
    id: 'd1',
    timestamp: instant('2025-12-15T14:30:00Z'),
    from: 'claude-opus-5',
    to: 'claude-haiku-4-5',
    pressure: { budget: 'daily', spent: usd('8.2'), limit: usd('10') },
    step: share('0.8'),
    reason: 'default; daily is at 82%',
    taskType: 'default',
    sessionId: 's1',
    tool: null,
    ...rest,
  }
}

const note = (id: string, outcome: string | null, lesson: string | null) =>
  noteLine({ id, timestamp: instant('2025-12-16T09:00:00Z'), outcome, lesson })

describe('the line of a decision', () => {
  it('says what gave way to what, on which budget, and why', () => {
    expect(decisionLine(aDecision())).toBe(
      '{"v":1,"id":"d1","timestamp":"2025-12-15T14:30:00Z","from":"claude-opus-5","to":"claude-haiku-4-5","budget":"daily","spent_usd":8.2,"limit_usd":10,"step":0.8,"reason":"default; daily is at 82%","task_type":"default","session_id":"s1"}',
    )
  })

  it('can be read again, whatever it says', () => {
    const text = string({ unit: 'binary', maxLength: 20 })
    const money = bigInt(0n, 10n ** 13n).map((cents) => (cents * 10n ** 8n) as Money)
    const decisions = record<Decision>({
      id: string({ minLength: 1 }),
      timestamp: integer({ min: 0, max: 4e12 }),
      from: text,
      to: text,
      pressure: option(record({ budget: text, spent: money, limit: money })),
      step: bigInt(1n, 1_000_000n).map((millionths) => millionths as Share),
      reason: text,
      taskType: text,
      sessionId: option(text),
      tool: option(constantFrom('codex')),
    })
    assert(
      property(decisions, (decision) => {
        const line = decisionLine(decision)
        expect(line).not.toMatch(/[\n\r]/)
        expect(parseDecisionLine(line)).toEqual({ kind: 'decision', decision })
        const { sessionId } = decision
        if (sessionId !== null) expect(lastStepOf(`{}\n${line}\n{}`, sessionId)).toBe(decision.step)
      }),
    )
  })

  it.each(['', '{', 'null', '7', '[]', '{"v":1}', '{"id":"a","timestamp":"x","from":"a","to":"b","step":1}'])(
    'is not %j',
    (line) => {
      expect(parseDecisionLine(line)).toBeNull()
    },
  )
})

describe('the decisions on file', () => {
  const text = [
    decisionLine(aDecision()),
    note('d1', 'tests were as good', null),
    '{"torn',
    decisionLine(aDecision({ id: 'd2', sessionId: 's2', step: share('0.5') })),
    note('d1', 'tests were worse', 'keep opus'),
    note('d9', 'of nothing', null),
    '',
  ].join('\n')

  it('are listed newest first, each with the last that was noted on it', () => {
    expect(notedDecisions(text)).toMatchObject([
      { decision: { id: 'd2' }, outcome: null, lesson: null },
      { decision: { id: 'd1' }, outcome: 'tests were worse', lesson: 'keep opus' },
    ])
    expect(notedDecisions('')).toEqual([])
  })

  it('tell at which step a session was lowered last', () => {
    expect(lastStepOf(text, 's1')).toBe(share('0.8'))
    expect(lastStepOf(`${text}${decisionLine(aDecision({ step: share('0.9') }))}\n`, 's1')).toBe(share('0.9'))
    expect(lastStepOf(text, 's2')).toBe(share('0.5'))
    expect(lastStepOf(text, 's3')).toBeNull()
    expect(lastStepOf('', 's1')).toBeNull()
    // Named in the newest line, but as something else.
    const other = aDecision({ id: 'd3', from: 's1', sessionId: 's3', step: share('0.3') })
    expect(lastStepOf(`${text}${decisionLine(other)}`, 's1')).toBe(share('0.8'))
  })
})
