import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { Fold } from '../../src/core/fold.ts'
import { RecordScanner } from '../../src/core/record-scanner.ts'
import type { UsageRecord } from '../../src/core/record.ts'
import { usage } from '../kit/fold-lines.ts'

const LINES = fc.array(
  fc.oneof(
    fc
      .record({
        id: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
        session_id: fc.option(fc.constantFrom('s1', 's2'), { nil: undefined }),
        timestamp: fc.constantFrom('2025-12-15T10:00:00Z', '2025-12-16T10:00:00Z', undefined),
        input_tokens: fc.nat(50),
        cost_usd: fc.option(fc.nat(5), { nil: undefined }),
      })
      .map((fields) => usage(fields)),
    fc.constantFrom('', '{"torn', '{"input_tokens":-5,"session_id":"s1","model":"m"}'),
  ),
  { maxLength: 30 },
)

const cursor = () => ({ name: 'sessions.jsonl', base: 0, offset: 0, lines: 0, skipping: false })

function sum(column: ArrayLike<number>): number {
  return Array.from(column).reduce((all, one) => all + one, 0)
}

function readTwice(text: string, until: number | null, withScanner: boolean) {
  const bytes = Buffer.from(text)
  const fold = new Fold({
    dayOf: () => 0,
    detailFrom: -Infinity,
    sessionBudgets: [],
    costOf: ({ costUsd }) => costUsd,
    lineAt: (location) => bytes.subarray(location),
    until,
    asOf: 0,
    ...(withScanner && { scanner: (rows?: number) => new RecordScanner(rows), coldBytes: 0 }),
  })
  fold.feed(cursor(), bytes, bytes.length, true)
  const records: UsageRecord[] = []
  fold.secondReading((record) => records.push({ ...record })).feed(cursor(), bytes, bytes.length, true)
  return { fold, records }
}

it.each([true, false])(
  'a second reading tells each record that counts, once, and merged (scanner: %s)',
  (scanner) => {
    fc.assert(
      fc.property(LINES, fc.constantFrom(null, Date.UTC(2025, 11, 15, 12)), (lines, until) => {
        const { fold, records } = readTwice(lines.map((line) => `${line}\n`).join(''), until, scanner)
        const { cells } = fold.rollup
        expect(records.length).toBe(sum(cells.records))
        expect(records.reduce((all, { inputTokens }) => all + inputTokens, 0)).toBe(sum(cells.inputTokens))
        const usd = Array.from({ length: cells.size }, (_, row) => cells.usd.at(row)).reduce(
          (a, b) => a + b,
          0n,
        )
        expect(records.reduce((all, { costUsd }) => all + (costUsd ?? 0n), 0n)).toBe(usd)
        const ids = records.flatMap(({ id }) => (id === '' ? [] : [id]))
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  },
)
