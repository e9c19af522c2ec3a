import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latestDays, modelsOfDay } from '../../src/core/build-dashboard.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { Fold, type FoldOptions } from '../../src/core/fold.ts'
import { IdIndex, idIndex } from '../../src/core/id-index.ts'
import { judge } from '../../src/core/judge.ts'
import type { KnownLedger } from '../../src/core/known-ledger.ts'
import { picodollarsOf } from '../../src/core/money.ts'
import { NO_OVERRIDES } from '../../src/core/override.ts'
import type { ReadAt } from '../../src/core/paged-index.ts'
import type { UsageRecord } from '../../src/core/record.ts'
import { restoreFold } from '../../src/core/restore-fold.ts'
import { type Today, keptSessions, saveFold } from '../../src/core/save-fold.ts'
import type { SavedFold } from '../../src/core/saved-fold.ts'
import { SessionIndex, sessionIndex } from '../../src/core/session-index.ts'
import { detailFrom } from '../../src/core/take-snapshot.ts'
import { aBudget } from '../kit/a-budget.ts'
import { aRecord, lineOf } from './a-record.ts'
import { arbitraryObject } from './arbitrary-line.ts'
import { bytesOf, joined, allOf } from './fold-of.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOON = Date.UTC(2025, 11, 15, 12)
const STAMP = [1, 2] as const
const UTC = createCalendar('UTC')

const BUDGETS = [
  aBudget('daily', '3'),
  aBudget('weekly', '10'),
  aBudget('monthly', '40'),
  aBudget('per_session', '2'),
  aBudget('daily', '1', { project: 'api' }),
  aBudget('monthly', '9', { model: 'opus*' }),
  aBudget('per_session', '1', { model: 'opus*' }),
]
const SESSION_BUDGETS = BUDGETS.filter(({ kind, scope }) => kind === 'per_session' && 'model' in scope)

/** Few ids, sessions, labels and days, some of them long ago or to come, so that records meet. */
const records: fc.Arbitrary<UsageRecord> = fc
  .record({
    id: fc.constantFrom('', '', 'a', 'b', 'c', 'claude-code:msg_01:req_01', 'naïve'),
    timestamp: fc.option(
      fc
        .tuple(
          fc.constantFrom(-300, -40, -20, -9, -2, -1, 0, 0, 0, 0, 1, 20),
          fc.constantFrom(5 * HOUR, 5 * HOUR, -HOUR / 4),
        )
        .map(([days, ms]) => NOON + days * DAY + ms),
      { freq: 12 },
    ),
    sessionId: fc.constantFrom('s-1', 's-2', 's-3', 'größe', '(unknown)'),
    project: fc.constantFrom('api', 'web', '__proto__'),
    model: fc.constantFrom('opus-4', 'opus-5', 'haiku'),
    inputTokens: fc.nat(3),
    outputTokens: fc.nat(2),
    cacheReadTokens: fc.nat(5),
    costUsd: fc.option(
      fc.oneof(
        fc.nat(3_000_000).map((micro) => picodollarsOf(BigInt(micro) * 1_000_000n)),
        fc.constant(picodollarsOf(900_000n * 10n ** 12n)),
      ),
    ),
  })
  .map(aRecord)

const anyLines = fc.array(
  fc.oneof({ weight: 9, arbitrary: records.map(lineOf) }, { weight: 1, arbitrary: arbitraryObject() }),
  { maxLength: 9 },
)

/** A ledger in memory that folds of several lives read. */
class Ledger {
  bytes: Uint8Array = new Uint8Array(0)

  append(lines: readonly string[]): void {
    this.bytes = joined(this.bytes, bytesOf(lines.map((line) => `${line}\n`).join('')))
  }

  fold(asOf: number, options: Partial<FoldOptions> = {}): Fold {
    return new Fold({
      dayOf: UTC.dayOf,
      detailFrom: detailFrom(UTC, asOf, 30),
      sessionBudgets: SESSION_BUDGETS,
      costOf: ({ costUsd }) => costUsd,
      lineAt: (location) => this.bytes.subarray(location),
      until: null,
      asOf,
      ...options,
    })
  }

  /** Folds from an offset to the end. */
  read(fold: Fold, offset: number): Fold {
    const rest = this.bytes.slice(offset)
    const cursor = { name: 'sessions.jsonl', base: 0, offset, lines: 0, skipping: false }
    fold.feed(cursor, rest, rest.length, true)
    return fold
  }
}

/** Ledgers that this went wrong with once: [before saving, after it, after saving again, days later, further days]. */
const NOTHING = { id: '', sessionId: 's-1', project: 'api', model: 'opus-4', inputTokens: 0, outputTokens: 0 }
const TODAY = NOON + 5 * HOUR
const FOUND: [string[], string[], string[], number, number][] = [
  // An undated line takes its day from a line of another session.
  [
    [
      lineOf(aRecord({ ...NOTHING, id: 'c', timestamp: null })),
      lineOf(aRecord({ ...NOTHING, timestamp: NOON - 300 * DAY })),
    ],
    [lineOf(aRecord({ ...NOTHING, id: 'c', sessionId: 'größe', timestamp: TODAY + DAY }))],
    [],
    1,
    0,
  ],
  // As many unpriced records as before, with more tokens, under labels that were added up with others.
  [
    [
      lineOf(aRecord({ ...NOTHING, timestamp: TODAY, project: '__proto__' })),
      lineOf(aRecord({ ...NOTHING, timestamp: TODAY, project: 'web', id: 'b' })),
    ],
    [],
    [lineOf(aRecord({ ...NOTHING, timestamp: null, project: 'web', id: 'b', cacheReadTokens: 1 }))],
    0,
    0,
  ],
]

interface Saved {
  readonly fold: SavedFold
  readonly known: KnownLedger
  readonly offset: number
}

function todayAt(asOf: number): Today {
  const { start } = UTC.periodAt('daily', asOf)
  return { day: UTC.dayOf(asOf), start, detailFrom: detailFrom(UTC, asOf, 30) }
}

/** As it is after a way through files. `before` is what the fold was restored from. */
function saved(ledger: Ledger, fold: Fold, asOf: number, before: Saved | null): Saved {
  const today = todayAt(asOf)
  const all = Int32Array.from({ length: fold.rollup.sessions.size }, (_, row) => row)
  const kept = before === null ? keptSessions(fold.rollup, today) : [...all]
  const small = saveFold(fold, BUDGETS, today, kept)
  const offset = ledger.bytes.length
  if (small === null) throw new Error('such a fold is always small')
  const copy = JSON.parse(JSON.stringify(small)) as SavedFold
  if (before !== null) {
    const { hashes, locations } = fold.identifiedLines()
    const recent = (hash: number) =>
      [...locations].filter((at, nth) => hashes[nth] === hash && at >= before.offset)
    const known = { ...before.known, lines: (hash: number) => [...before.known.lines(hash), ...recent(hash)] }
    return { fold: copy, offset, known }
  }
  const ids = new IdIndex(STAMP, reading(idIndex(fold.identifiedLines(), STAMP)!))
  const parts = sessionIndex(
    fold.rollup,
    all.filter((row) => !kept.includes(row)),
    STAMP,
  )!
  const sessions = new SessionIndex(STAMP, reading(parts))
  const known = { lines: (hash: number) => ids.locations(hash), session: (id: string) => sessions.find(id) }
  return { fold: copy, offset, known }
}

function restored(ledger: Ledger, { fold: small, known, offset }: Saved, asOf: number): Fold {
  const fold = ledger.fold(asOf, { detailFrom: small.detailFrom, known })
  restoreFold(fold, small)
  return ledger.read(fold, offset)
}

function judgement(fold: Fold, asOf: number) {
  return judge({
    fold,
    rules: { budgets: BUDGETS, builtInLimits: false, onUnpriced: 'warn' },
    calendar: UTC,
    asOf,
    notes: [],
    overrides: NO_OVERRIDES,
    settingsFiles: [],
    ledgerPath: '',
    hasLedger: true,
  })
}

/** Notes name lines by number, which a test that reads from the middle does not count. */
function told(fold: Fold, asOf: number) {
  const { snapshot, ...rest } = judgement(fold, asOf)
  const { quality, ...numbers } = snapshot
  const today = UTC.dayOf(asOf)
  return {
    ...rest,
    snapshot: numbers,
    quality: { ...quality, notes: quality.notes.length },
    models: modelsOfDay(fold.rollup, today),
    days: latestDays(fold.rollup, UTC, today),
  }
}

function reading(slices: Iterable<Uint8Array>): ReadAt {
  const table = allOf(slices)
  return (bytes, at) => {
    const part = table.subarray(at, at + bytes.length)
    bytes.set(part)
    return part.length
  }
}

describe('a fold that was saved and restored', () => {
  it('judges as one that has read everything, today and on later days, whatever comes after it', () => {
    fc.assert(
      fc.property(
        anyLines,
        anyLines,
        anyLines,
        fc.nat(40),
        fc.nat(3),
        (first, second, third, later, further) => {
          const ledger = new Ledger()
          ledger.append(first)
          const one = saved(ledger, ledger.read(ledger.fold(NOON), 0), NOON, null)
          ledger.append(second)
          const then = NOON + later * DAY
          const resumed = restored(ledger, one, then)
          expect(told(resumed, then)).toEqual(told(ledger.read(ledger.fold(then), 0), then))

          const two = saved(ledger, resumed, then, one)
          ledger.append(third)
          const last = then + further * DAY
          expect(told(restored(ledger, two, last), last)).toEqual(
            told(ledger.read(ledger.fold(last), 0), last),
          )
        },
      ),
      { numRuns: 500, examples: FOUND },
    )
  })

  it('stays small however many records, labels and sessions of earlier days there are', () => {
    const ledger = new Ledger()
    ledger.append(
      Array.from({ length: 20_000 }, (_, n) =>
        lineOf(
          aRecord({
            id: `r-${n}`,
            sessionId: `s-${n % 5000}`,
            project: `p-${n % 300}`,
            timestamp: NOON - 2 * DAY - (n % 400) * DAY,
            costUsd: picodollarsOf(BigInt(n)),
          }),
        ),
      ),
    )
    const one = saved(ledger, ledger.read(ledger.fold(NOON), 0), NOON, null)
    expect(JSON.stringify(one.fold).length).toBeLessThan(20_000)
    ledger.append([
      lineOf(aRecord({ id: 'new', sessionId: 's-17', timestamp: NOON, costUsd: picodollarsOf(5n) })),
    ])
    const { snapshot } = judgement(restored(ledger, one, NOON), NOON)
    expect(snapshot.sessions.map(({ id, whole }) => [id, whole.usd])).toEqual([
      ['s-17', 17n + 5017n + 10017n + 15017n + 5n],
    ])
  })

  it('cannot be made small when too much must be told apart', () => {
    const ledger = new Ledger()
    const lines = Array.from({ length: 5000 }, (_, n) =>
      lineOf(aRecord({ id: `${n}`, sessionId: `s-${n}`, timestamp: NOON })),
    )
    ledger.append(lines)
    const whole = ledger.read(ledger.fold(NOON), 0)
    const kept = keptSessions(whole.rollup, todayAt(NOON))
    expect(saveFold(whole, BUDGETS, todayAt(NOON), kept, 4999)).toBeNull()
    expect(saveFold(whole, BUDGETS, todayAt(NOON), kept)?.sessions).toHaveLength(5000)
  })
})
