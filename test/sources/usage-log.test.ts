import { describe, expect, it } from 'vitest'

import { parseMoney } from '../../src/core/money.ts'
import { usageLog } from '../../src/sources/usage-log.ts'
import { CANARY, keepsItsPromises, lines, read } from './told.ts'

const PATH = '/roots/.claude_usage_log.jsonl'

const FULL = {
  timestamp: '2025-11-08T10:00:00Z',
  model: 'claude-sonnet-4-5',
  operation: CANARY,
  prompt: CANARY,
  input_tokens: 2000,
  output_tokens: 500,
  cost: 0.0135,
}

keepsItsPromises(usageLog, lines(FULL, { ...FULL, cost: 0.02 }, { cost: 0.5, note: CANARY }), PATH)

describe('a line of the usage log', () => {
  it('is a record with its cost', () => {
    expect(read(usageLog, lines(FULL), PATH).told).toMatchObject([
      {
        record: {
          timestamp: Date.UTC(2025, 10, 8, 10),
          model: 'claude-sonnet-4-5',
          sessionId: '(unknown)',
          inputTokens: 2000,
          outputTokens: 500,
          costUsd: parseMoney('0.0135'),
          costSource: 'tool',
          aggregate: false,
        },
      },
    ])
  })

  it('with only a cost is a record without tokens', () => {
    expect(read(usageLog, '{"cost": 0.29}', PATH).told).toMatchObject([
      { record: { costUsd: parseMoney('0.29'), inputTokens: 0, timestamp: null, model: '(unknown)' } },
    ])
  })

  it('has the same id wherever it stands, and another when anything in it differs', () => {
    const other = { ...FULL, timestamp: '2025-11-08T10:00:01Z' }
    const [first, second] = idsOf(lines(FULL, other))
    expect(idsOf(lines(other, FULL))).toEqual([second, first])
    expect(first).not.toBe(second)
    expect(idsOf(lines(FULL).replace('\n', '\r\n'))).toEqual([first])
  })

  it('that is written twice counts once', () => {
    expect(new Set(idsOf(lines(FULL, FULL))).size).toBe(1)
  })

  it.each([
    ['{"cost": -1}', 'strange'],
    ['{"cost": "free"}', 'strange'],
    ['{"cost": 1e9}', 'strange'],
    ['{"cost": 1, "input_tokens": -5}', 'strange'],
    ['{"cost": 1', 'damaged'],
    ['[1]', 'damaged'],
  ] as const)('%s is left out and counted as %s, and the next one is read', (line, kind) => {
    const { told, counts } = read(usageLog, `${line}\n${lines(FULL)}`, PATH)
    expect(told).toHaveLength(1)
    expect(counts[kind]).toBe(1)
  })

  it.each(['{}', '{"cost": 0}', '{"cost": null, "model": "x"}', ''])('%j tells of no spend', (line) => {
    const { told, counts } = read(usageLog, line, PATH)
    expect(told).toEqual([])
    expect(Object.values(counts).every((count) => count === 0)).toBe(true)
  })
})

function idsOf(text: string): readonly string[] {
  return read(usageLog, text, PATH).told.map(({ record }) => record.id)
}
