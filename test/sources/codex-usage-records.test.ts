import { describe, expect, it, test } from 'vitest'
import {
  type Vector,
  at,
  context,
  count,
  line,
  meta,
  readLines,
  tokensIn,
  told,
  usage,
} from './codex-lines.ts'

const A: Vector = [28_000, 11_000, 200]
const B: Vector = [29_000, 28_000, 200]
const AB: Vector = [57_000, 39_000, 400]
const C: Vector = [3000, 1000, 50]
const ABC: Vector = [60_000, 40_000, 450]
const BEGIN = [meta(0), context(1)]

describe('usage records of Codex', () => {
  it('become one record for each response', () => {
    const { found } = readLines([...BEGIN, told(9, 'resp_a', A)])

    expect(found[0]?.record).toMatchObject({
      id: 'codex:resp_a',
      timestamp: Date.parse(at(9)),
      sessionId: 't-1',
      model: 'gpt-5.5',
      inputTokens: 17_000,
      cacheReadTokens: 11_000,
      outputTokens: 200,
      aggregate: false,
    })
  })

  test.each<[why: string, lines: readonly string[], tokens: number]>([
    ['alone', [told(9, 'a', A), told(20, 'b', B)], 57_400],
    ['before their totals', [told(9, 'a', A), count(9, A, A), told(20, 'b', B), count(20, AB, B)], 57_400],
    ['behind their totals', [count(9, A, A), told(9, 'a', A), count(20, AB, B), told(20, 'b', B)], 57_400],
    [
      'that begin within a session',
      [
        count(9, A, A),
        count(9.5, A, A),
        told(20, 'b', B),
        count(20, AB, B),
        told(30, 'c', C),
        count(30, ABC, C),
      ],
      60_450,
    ],
    [
      'whose first was counted already',
      [count(9, A, A), told(9, 'a', A), told(20, 'b', B), count(20, AB, B)],
      57_400,
    ],
    [
      'told twice',
      [told(9, 'a', A), count(9, A, A), told(9.1, 'a', A), told(20, 'b', B), count(20, AB, B)],
      57_400,
    ],
    ['told twice behind their totals', [count(9, A, A), told(9, 'a', A), told(9.1, 'a', A)], 28_200],
    ['told again much later', [told(9, 'a', A), told(20, 'b', B), told(30, 'a', A)], 57_400],
    [
      'of a compaction, which no total tells of',
      [
        told(9, 'a', A),
        count(9, A, A),
        told(15, 'compact', C),
        count(16, A, [0, 0, 0]),
        told(20, 'b', B),
        count(20, AB, B),
      ],
      57_400 + 3050,
    ],
    [
      'with equal numbers of two responses',
      [told(9, 'a', A), count(9, A, A), told(20, 'b', A), count(20, [56_000, 22_000, 400], A)],
      56_400,
    ],
    [
      'that another version of Codex no longer writes',
      [told(9, 'a', A), count(9, A, A), count(20, AB, B), count(30, ABC, C)],
      60_450,
    ],
    [
      'one of which is torn',
      [
        told(9, 'a', A),
        count(9, A, A),
        told(20, 'b', B).slice(0, 150),
        count(20, AB, B),
        told(30, 'c', C),
        count(30, ABC, C),
      ],
      60_450,
    ],
    ['one of which is torn behind its total', [count(9, A, A), told(9, 'a', A), count(20, AB, B)], 57_400],
    ['of equal responses, one behind its total', [count(9, A, A), told(9, 'a', A), told(20, 'b', A)], 56_400],
    ['of nothing', [told(9, 'a', [0, 0, 0])], 0],
  ])('count once: %s', (_why, lines, tokens) => {
    expect(tokensIn(readLines([...BEGIN, ...lines]).found)).toBe(tokens)
  })

  it('that name no response have ids of their own, the same each time', () => {
    const unnamed = line(9, 'token_usage_record', { usage: usage(A) })
    const ids = readLines([...BEGIN, unnamed, unnamed]).found.map(({ record }) => record.id)

    expect(ids).toEqual(['codex:t-1:unnamed-0', 'codex:t-1:unnamed-1'])
  })

  it('inside of a compaction are a copy, and not looked at', () => {
    const compacted = line(9, 'compacted', { latest_token_usage_record: JSON.parse(told(9, 'a', A)).payload })

    expect(readLines([...BEGIN, compacted]).found).toEqual([])
  })

  it('say when they were told twice', () => {
    expect(readLines([...BEGIN, told(9, 'a', A), told(9, 'a', A)]).tally.counts().repeated).toBe(1)
  })
})
