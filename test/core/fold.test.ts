import { describe, expect, it, test } from 'vitest'
import { LedgerChanged } from '../../src/core/ledger-changed.ts'
import { AHEAD_MS } from '../../src/core/findings.ts'
import { picodollarsOf } from '../../src/core/money.ts'
import { aRecord, lineOf } from './a-record.ts'
import { aLedger, bytesOf, foldOf, totalsOf } from './fold-of.ts'

const NOON = Date.UTC(2025, 11, 15, 12)

function textOf(...lines: readonly string[]): string {
  return lines.map((line) => line + '\n').join('')
}

describe('a fold', () => {
  test.each([
    ['a repeated id', { id: 'a' }, { id: 'a' }, 1],
    ['different ids', { id: 'a' }, { id: 'b' }, 2],
    ['identical lines with a session', {}, {}, 1],
    ['lines that differ in a label', {}, { taskType: 'fix' }, 2],
    ['identical lines without a session', { sessionId: '(unknown)' }, { sessionId: '(unknown)' }, 2],
    ['an id and the same line without', { id: 'a' }, {}, 2],
    ['the names of prototypes', { id: '__proto__' }, { id: 'constructor' }, 2],
  ])('counts %s as it should', (_, first, second, records) => {
    const { cells } = totalsOf(foldOf(textOf(lineOf(aRecord(first)), lineOf(aRecord(second)))))
    expect(cells.reduce((sum, cell) => sum + cell.records, 0)).toBe(records)
  })

  it('counts a line without id and session each time, and says how often it had to', () => {
    const line = lineOf(aRecord({ sessionId: '(unknown)' }))
    expect(foldOf(textOf(line, line, line)).findings.anonymous).toBe(3)
  })

  it('recognises an id that is written in another way', () => {
    const plain = lineOf(aRecord({ id: 'msg:1' }))
    const fold = foldOf(
      textOf(plain, plain.replace('msg:1', 'm\\u0073g:1'), plain.replace('{', '{ "extra":[1],')),
    )
    expect(fold.rollup.cells.records[0]).toBe(1)
  })

  it('replaces a streamed count by the later, larger one', () => {
    const lines = [5, 900, 30].map((outputTokens) =>
      lineOf(aRecord({ id: 'a', outputTokens, inputTokens: 1 })),
    )
    expect(totalsOf(foldOf(textOf(...lines))).cells).toMatchObject([{ records: 1, tokens: [1, 900, 0, 0] }])
  })

  it('moves a record to the day and session of its merged lines', () => {
    const fold = foldOf(
      textOf(
        lineOf(
          aRecord({
            id: 'a',
            timestamp: NOON,
            sessionId: 's-1',
            outputTokens: 1,
            costUsd: picodollarsOf(10n ** 12n),
          }),
        ),
        lineOf(aRecord({ id: 'a', timestamp: NOON - 86_400_000, sessionId: 's-2', outputTokens: 9 })),
      ),
    )
    const { cells, sessions } = totalsOf(fold)
    expect(cells).toMatchObject([{ records: 1, usd: 10n ** 12n }])
    expect(cells[0]!.key).toContain(String(Math.floor(NOON / 86_400_000) - 1))
    expect(sessions.map(({ id, usd }) => [id, usd])).toEqual([
      ['s-1', 0n],
      ['s-2', 10n ** 12n],
    ])
  })

  it('answers for an id with all its lines merged', () => {
    const fold = foldOf(
      textOf(lineOf(aRecord({ id: 'a', outputTokens: 5 })), lineOf(aRecord({ id: 'a', outputTokens: 7 }))),
    )
    expect(fold.recordOf('a')?.outputTokens).toBe(7)
    expect(fold.recordOf('b')).toBeNull()
  })

  it('lets an adjustment, and nothing else, take money back', () => {
    const adjustment = aRecord({
      id: 'b',
      adjustment: true,
      outputTokens: -5,
      costUsd: picodollarsOf(-(10n ** 12n)),
    })
    const record = aRecord({ id: 'a', outputTokens: 9, costUsd: picodollarsOf(3n * 10n ** 12n) })
    const fold = foldOf(
      textOf(lineOf(record), lineOf(adjustment), lineOf({ ...adjustment, id: 'c', adjustment: false })),
    )
    expect(totalsOf(fold).cells).toMatchObject([{ usd: 2n * 10n ** 12n, records: 2, rejected: 1 }])
    expect(fold.findings.problems[0]!.reason).toBe('output_tokens is negative (only an adjustment may be)')
  })

  test.each(['-1', '1e308', '1e400', '12.5', '1000000000001'])(
    'refuses %s tokens, and knows where',
    (tokens) => {
      const fold = foldOf(
        `{"timestamp":"2025-12-15T12:00:00Z","session_id":"s","model":"m","input_tokens":${tokens}}\n`,
      )
      expect(totalsOf(fold)).toMatchObject({
        cells: [{ records: 0, rejected: 1 }],
        sessions: [{ id: 's', uncertain: 1 }],
      })
      expect(fold.findings.rejected).toBe(1)
    },
  )

  it('leaves records after the asked instant out, whatever they are', () => {
    const refused = '{"timestamp":"2025-12-15T13:00:00Z","input_tokens":-1}'
    const ledger = textOf(
      lineOf(aRecord({ id: 'a', timestamp: NOON })),
      lineOf(aRecord({ id: 'b', timestamp: NOON + 1 })),
      refused,
      lineOf(aRecord({ id: 'c', timestamp: null })),
    )
    const { findings, rollup } = foldOf(ledger, { until: NOON })
    expect(Array.from(rollup.cells.records.subarray(0, rollup.cells.size))).toEqual([1, 1])
    expect([findings.rejected, findings.undated]).toEqual([0, 1])
  })

  it('notices records ahead of the clock, and forgets them when another line dates them back', () => {
    const ledger = aLedger({ asOf: NOON })
    ledger.append(
      textOf(
        lineOf(aRecord({ id: 'a', timestamp: NOON + AHEAD_MS })),
        lineOf(aRecord({ id: 'b', timestamp: NOON + AHEAD_MS + 1 })),
      ),
    )
    expect(ledger.fold.findings.ahead).toEqual([NOON + AHEAD_MS + 1])
    ledger.append(textOf(lineOf(aRecord({ id: 'b', timestamp: NOON }))))
    expect(ledger.fold.findings.ahead).toEqual([])
  })

  it('says so when an earlier line is no longer there', () => {
    const line = lineOf(aRecord({ id: 'a' }))
    const gone = bytesOf('something else')
    expect(() => foldOf(textOf(line, line), { lineAt: () => gone })).toThrow(LedgerChanged)
  })
})
