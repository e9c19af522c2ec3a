import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Money, picodollarsOf } from '../../src/core/money.ts'
import type { UsageRecord } from '../../src/core/record.ts'
import { aRecord, lineOf } from './a-record.ts'
import { arbitraryObject } from './arbitrary-line.ts'
import { aLedger, bytesOf, foldOf, joined, totalsOf } from './fold-of.ts'

const DAY = 86_400_000
const NOON = Date.UTC(2025, 11, 15, 12)
const NAMES = fc.constantFrom('my-app', 'api', '__proto__', 'constructor', 'naïve', 'a"b', 'x'.repeat(70))

/** Few ids, sessions and instants, so that records meet. */
const records: fc.Arbitrary<UsageRecord> = fc
  .record({
    id: fc.constantFrom('', '', 'a', 'b', 'claude-code:msg_01:req_01', '__proto__'),
    timestamp: fc.option(
      fc.integer({ min: -3, max: 3 }).map((hours) => NOON + hours * 9 * 3_600_000),
      { freq: 9 },
    ),
    sessionId: fc.constantFrom('s-1', 's-2', '(unknown)', 'toString'),
    project: NAMES,
    model: NAMES,
    inputTokens: fc.nat(5),
    outputTokens: fc.nat(3_000_000_000),
    cacheReadTokens: fc.nat(5),
    costUsd: fc.option(fc.nat(3_000_000).map((micro): Money => picodollarsOf(BigInt(micro) * 1_000_000n))),
  })
  .map(aRecord)

const ledgers = fc.array(
  fc.oneof({ weight: 9, arbitrary: records.map(lineOf) }, { weight: 1, arbitrary: arbitraryObject() }),
  { maxLength: 12 },
)
const textOf = (lines: readonly string[]): string => lines.map((line) => line + '\n').join('')

/** What can be told from nothing else is counted every time, so only the rest may be repeated. */
const isRepeatable = (line: string): boolean =>
  !line.includes('(unknown)') && line.includes('"session_id":"s-')

describe('totals', () => {
  it('do not depend on the order of the lines', () => {
    const shuffled = ledgers.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    )
    fc.assert(
      fc.property(shuffled, ([lines, others]) => {
        const one = foldOf(textOf(lines))
        const other = foldOf(textOf(others))
        expect(totalsOf(other)).toEqual(totalsOf(one))
        expect(countsOf(other)).toEqual(countsOf(one))
      }),
      { numRuns: 500 },
    )
  })

  it('do not depend on repetition', () => {
    fc.assert(
      fc.property(fc.array(records.map(lineOf).filter(isRepeatable), { maxLength: 10 }), (lines) => {
        expect(totalsOf(foldOf(textOf([...lines, ...lines])))).toEqual(totalsOf(foldOf(textOf(lines))))
      }),
      { numRuns: 500 },
    )
  })

  it('do not depend on how the bytes arrive', () => {
    fc.assert(
      fc.property(
        ledgers,
        fc.array(fc.nat(3000), { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', '\n\n \n'),
        (lines, cuts, end) => {
          const text = lines.map((line) => line + end).join('')
          const pieces = aLedger()
          pieces.appendAt(text, cuts)
          const whole = foldOf(text)
          expect(totalsOf(pieces.fold)).toEqual(totalsOf(whole))
          expect(countsOf(pieces.fold)).toEqual(countsOf(whole))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('are the same whichever of the two readers reads', () => {
    fc.assert(
      fc.property(ledgers, fc.nat(2_000), (lines, coldBytes) => {
        const scanned = foldOf(textOf(lines))
        const mixed = foldOf(textOf(lines), { coldBytes })
        expect(totalsOf(mixed)).toEqual(totalsOf(scanned))
        expect(countsOf(mixed)).toEqual(countsOf(scanned))
      }),
      { numRuns: 500 },
    )
  })

  it('are the same when every byte arrives alone', () => {
    fc.assert(
      fc.property(fc.array(records.map(lineOf), { maxLength: 4 }), fc.boolean(), (lines, endsWithNewline) => {
        const text = lines.join('\n') + (endsWithNewline ? '\n' : '')
        const live = aLedger()
        live.appendAt(
          text,
          Array.from(bytesOf(text), (_, at) => at),
        )
        expect(totalsOf(live.fold)).toEqual(totalsOf(foldOf(text)))
      }),
      { numRuns: 60 },
    )
  })

  it('are those of an oracle that groups by id and adds bigints', () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 14 }), (some) => {
        const { cells } = totalsOf(foldOf(textOf(some.map(lineOf))))
        const byDay = new Map<number, bigint[]>()
        for (const { key, usd, tokens, records: count } of cells) {
          addTo(byDay, JSON.parse(key)[0] as number, [usd, ...[count, ...tokens].map(BigInt)])
        }
        expect(byDay).toEqual(oracle(some))
      }),
      { numRuns: 500 },
    )
  })
})

describe('damage', () => {
  it('never hides a whole record glued to a torn one', () => {
    const torn = fc.tuple(records, fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(torn, fc.array(records, { minLength: 1, maxLength: 3 }), ([first, share], rest) => {
        const named = rest.map((record, nth) => ({ ...record, id: `whole-${nth}`, timestamp: NOON }))
        const bytes = bytesOf(lineOf({ ...first, id: 'torn' }))
        const fragment = bytes.slice(0, Math.floor(share * (bytes.length - 1)))
        const glued = foldOf(joined(fragment, bytesOf(textOf(named.map(lineOf)))))
        expect(totalsOf(glued)).toEqual(totalsOf(foldOf(textOf(named.map(lineOf)))))
      }),
      { numRuns: 500 },
    )
  })

  it('of a byte never throws, and never changes another line', () => {
    fc.assert(
      fc.property(records, fc.nat(400), fc.integer({ min: 0, max: 255 }), (record, at, byte) => {
        const before = lineOf(aRecord({ id: 'before', project: 'untouched' }))
        const after = lineOf(aRecord({ id: 'after', project: 'untouched' }))
        const line = bytesOf(lineOf(record) + '\n')
        line[at % (line.length - 1)] = byte
        const fold = foldOf(joined(bytesOf(before + '\n'), line, bytesOf(after + '\n')))
        const untouched = totalsOf(fold).cells.filter(({ key }) => key.includes('untouched'))
        expect(untouched.map(({ records: count }) => count)).toEqual([2])
      }),
      { numRuns: 500 },
    )
  })
})

function countsOf({ findings, rollup }: ReturnType<typeof foldOf>) {
  const { badLines, rejected, undated, anonymous } = findings
  return { badLines, rejected, undated, anonymous, sessions: rollup.sessions.size }
}

/** Cost, records and tokens by day, computed the slow way. */
function oracle(some: readonly UsageRecord[]): Map<number, bigint[]> {
  const seen = new Map<string, UsageRecord[]>()
  some.forEach((record, nth) => {
    const anonymous = record.id === '' && record.sessionId === '(unknown)'
    const identity = record.id === '' ? `line ${anonymous ? nth : lineOf(record)}` : `id ${record.id}`
    seen.set(identity, [...(seen.get(identity) ?? []), record])
  })
  const byDay = new Map<number, bigint[]>()
  for (const lines of seen.values()) {
    const instants = lines.flatMap(({ timestamp }) => timestamp ?? [])
    const most = (amountOf: (record: UsageRecord) => number): bigint =>
      BigInt(Math.max(...lines.map(amountOf)))
    const usd = lines.reduce((max, { costUsd }) => (costUsd !== null && costUsd > max ? costUsd : max), 0n)
    addTo(byDay, instants.length === 0 ? -1_000_000 : Math.floor(Math.min(...instants) / DAY), [
      usd,
      1n,
      most((record) => record.inputTokens),
      most((record) => record.outputTokens),
      most((record) => record.cacheReadTokens),
      most((record) => record.cacheWriteTokens),
    ])
  }
  return byDay
}

function addTo(byDay: Map<number, bigint[]>, day: number, amounts: readonly bigint[]): void {
  const sums = byDay.get(day)
  byDay.set(day, sums === undefined ? [...amounts] : sums.map((sum, i) => sum + amounts[i]!))
}

it('reads an id with twenty thousand growing lines in linear time', () => {
  const lines = Array.from({ length: 20_000 }, (_, nth) =>
    lineOf(aRecord({ id: 'one', inputTokens: nth + 1 })),
  )
  let looks = 0
  const text = bytesOf(textOf(lines))
  const fold = foldOf(text, { lineAt: (location) => (looks++, text.subarray(location, location + 1024)) })
  expect(fold.rollup.cells.inputTokens[0]).toBe(20_000)
  expect(looks).toBeLessThan(3 * lines.length)
})
