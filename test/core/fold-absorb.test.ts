import * as fc from 'fast-check'
import { RecordScanner } from '../../src/core/record-scanner.ts'
import { describe, expect, it } from 'vitest'
import type { Budget } from '../../src/core/budget.ts'
import { LedgerChanged } from '../../src/core/ledger-changed.ts'
import { Fold } from '../../src/core/fold.ts'
import { type Money, type Share, picodollarsOf } from '../../src/core/money.ts'
import { aRecord, lineOf } from './a-record.ts'
import { arbitraryObject } from './arbitrary-line.ts'
import { bytesOf, totalsOf } from './fold-of.ts'

const DAY = 86_400_000
const NOON = Date.UTC(2025, 11, 15, 12)
const IDS = ['a', 'b', 'claude-code:msg_01:req_01', '__proto__']

/** Few ids, sessions and instants, so that records meet across the cut. */
const records = fc
  .record({
    id: fc.constantFrom('', '', ...IDS),
    timestamp: fc.option(
      fc.integer({ min: -3, max: 3 }).map((hours) => NOON + hours * 9 * 3_600_000),
      { freq: 9 },
    ),
    sessionId: fc.constantFrom('s-1', 's-2', 's-é', '(unknown)'),
    project: fc.constantFrom('my-app', 'api', 'naïve'),
    model: fc.constantFrom('opus', 'haiku'),
    taskType: fc.constantFrom('fix', 'test'),
    inputTokens: fc.nat(2),
    outputTokens: fc.constantFrom(0, 7, 3_000_000_000),
    costUsd: fc.option(
      fc.constantFrom(0n, 5n, 10n ** 12n, 10n ** 17n).map((amount): Money => picodollarsOf(amount)),
    ),
  })
  .map(aRecord)

const lines = fc.oneof(
  { weight: 20, arbitrary: records.map(lineOf) },
  { weight: 2, arbitrary: arbitraryObject() },
  { weight: 1, arbitrary: records.map((record) => lineOf(record).slice(0, 40) + lineOf(record)) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', 'torn', '\0\0', '{"timestamp":"2025-12-15T12:00:00Z"}{') },
)
const ledgers = fc.record({
  lines: fc.array(lines, { maxLength: 16 }),
  /** Lines that come when both are one. */
  further: fc.array(lines, { maxLength: 4 }),
  end: fc.constantFrom('\n', '\r\n'),
  until: fc.constantFrom(null, NOON),
})

describe('a fold that absorbs that of later lines', () => {
  it('holds what one fold of all lines does, wherever the cut, and goes on alike', () => {
    fc.assert(
      fc.property(
        ledgers.chain((ledger) => fc.tuple(fc.constant(ledger), fc.nat(ledger.lines.length))),
        ([{ lines: all, further, end, until }, cut]) => {
          const textOf = (some: readonly string[]): string => some.map((line) => line + end).join('')
          const bytes = bytesOf(textOf(all) + textOf(further))
          const lengths = [all.slice(0, cut), all, [...all, ...further]].map(
            (some) => bytesOf(textOf(some)).length,
          )
          const [atCut, atEnd, afterwards] = lengths as [number, number, number]
          const whole = new Reading(bytes, until)
          const first = new Reading(bytes, until)
          const later = new Reading(bytes, until, atCut)
          whole.readTo(atEnd)
          first.readTo(atCut)
          later.readTo(atEnd)
          first.absorb(later)
          expect(contentOf(first.fold)).toEqual(contentOf(whole.fold))
          for (const reading of [whole, first]) reading.readTo(afterwards)
          expect(contentOf(first.fold)).toEqual(contentOf(whole.fold))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('absorbs one after the other', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 12 }), fc.array(fc.nat(12), { maxLength: 3 }), (all, cuts) => {
        const ends = [...cuts.filter((cut) => cut < all.length), all.length].toSorted((a, b) => a - b)
        const offsets = ends.map(
          (end) =>
            bytesOf(
              all
                .slice(0, end)
                .map((line) => `${line}\n`)
                .join(''),
            ).length,
        )
        const bytes = bytesOf(all.map((line) => `${line}\n`).join(''))
        const whole = new Reading(bytes, null)
        whole.readTo(bytes.length)
        const [first, ...rest] = offsets.map((end, nth) => {
          const reading = new Reading(bytes, null, offsets[nth - 1] ?? 0)
          reading.readTo(end)
          return reading
        })
        for (const later of rest) first!.absorb(later)
        expect(contentOf(first!.fold)).toEqual(contentOf(whole.fold))
      }),
      { numRuns: 500 },
    )
  })

  it('tells thousands of records and sessions apart', () => {
    const all = Array.from({ length: 6000 }, (_, nth) =>
      lineOf(aRecord({ id: `r${nth % 5000}`, sessionId: `s${nth % 2500}`, inputTokens: nth })),
    )
    const bytes = bytesOf(`${all.join('\n')}\n`)
    const whole = new Reading(bytes, null)
    const first = new Reading(bytes, null)
    const later = new Reading(bytes, null, bytes.indexOf(0x0a, bytes.length / 2) + 1)
    whole.readTo(bytes.length)
    first.readTo(later.cursor.offset)
    later.fold.expect(100_000)
    later.readTo(bytes.length)
    first.absorb(later)
    expect(contentOf(first.fold)).toEqual(contentOf(whole.fold))
    expect(first.fold.recordOf('r999')?.inputTokens).toBe(5999)
  })

  it('says so when a line that both know is no longer there', () => {
    const line = `${lineOf(aRecord({ id: 'a' }))}\n`
    const bytes = bytesOf(line + line)
    const first = new Reading(bytes, null)
    const later = new Reading(bytes, null, line.length)
    first.readTo(line.length)
    later.readTo(bytes.length)
    bytes.fill(0x20)
    expect(() => first.absorb(later)).toThrow(LedgerChanged)
  })
})

/** Reads a part of a ledger in memory. */
class Reading {
  readonly fold: Fold
  readonly cursor
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, until: number | null, offset = 0) {
    this.#bytes = bytes
    this.cursor = { name: 'sessions.jsonl', base: 2 ** 40, offset, lines: 0, skipping: false }
    this.fold = new Fold({
      dayOf: (instant) => Math.floor(instant / DAY),
      detailFrom: Math.floor(NOON / DAY),
      sessionBudgets: [aBudget({ model: 'opus' }), aBudget({ project: 'api' })],
      costOf: ({ costUsd }) => costUsd,
      lineAt: (location) => bytes.subarray(location - 2 ** 40),
      until,
      asOf: NOON - 3_600_000,
      scanner: (rows = 5) => new RecordScanner(rows),
      coldBytes: 0,
    })
  }

  readTo(end: number): void {
    const unread = this.#bytes.slice(this.cursor.offset, end)
    this.fold.feed(this.cursor, unread, unread.length, true)
  }

  /** As if the other had been read by another thread. */
  absorb(later: Reading): void {
    this.fold.absorb(structuredClone(later.fold.parts()), this.cursor)
    this.cursor.offset = later.cursor.offset
    this.cursor.lines += later.cursor.lines
  }
}

/** Everything that can be asked of a fold. */
function contentOf(fold: Fold) {
  const { rollup, findings } = fold
  const { sessions, groups, sessionDays, sessionScopes } = rollup
  const { problems, badLines, rejected, anonymous } = findings
  const ids = Array.from({ length: sessions.size }, (_, row) => sessions.id.at(row))
  return {
    ...totalsOf(fold),
    sessionsInOrder: ids,
    newestGroups: ids.map(
      (_, row) => sessions.last[row] !== -Infinity && groups.at(sessions.newestGroup[row]!),
    ),
    newestSessions: [-2, -1, 0, 1, 2].map((days) => {
      const session = rollup.newestSession(Math.floor(NOON / DAY) + days)
      return session < 0 ? null : ids[session]
    }),
    sessionSums: [sessionDays, sessionScopes].map((sums) =>
      sums.session
        .map((session, row) => ({
          key: `${ids[session]} ${sums.other[row]}`,
          records: sums.records[row]!,
          usd: sums.usd.at(row),
          uncertain: sums.uncertain[row]!,
        }))
        .filter(({ records: count, uncertain }) => count !== 0 || uncertain !== 0)
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    ),
    findings: { problems, badLines, rejected, anonymous },
    minutes: rollup.minutes
      .sums()
      .map(([minute, group, usd]) => [JSON.stringify([minute, groups.at(group)]), usd] as const)
      .filter(([, usd]) => usd !== 0n)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    records: IDS.map((id) => fold.recordOf(id)),
  }
}

function aBudget(scope: Budget['scope']): Budget {
  return {
    id: JSON.stringify(scope),
    name: 'x',
    kind: 'per_session',
    scope,
    limit: picodollarsOf(1n),
    thresholdWarning: 800_000n as Share,
    thresholdCritical: 950_000n as Share,
    action: 'warn',
  }
}
