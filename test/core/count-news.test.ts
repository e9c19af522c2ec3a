import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NewRecord, countNews } from '../../src/core/count-news.ts'
import type { Fold } from '../../src/core/fold.ts'
import { type KnownSession, datedOrNull } from '../../src/core/known-ledger.ts'
import { picodollarsOf } from '../../src/core/money.ts'
import { NO_OVERRIDES } from '../../src/core/override.ts'
import { restoreSnapshot, saveJudgement } from '../../src/core/saved-judgement.ts'
import type { Snapshot } from '../../src/core/snapshot.ts'
import { aBudget } from '../kit/a-budget.ts'
import { aRecord, lineOf } from './a-record.ts'
import { judged } from './judging.ts'

const MIDNIGHT = Date.UTC(2025, 11, 15)
const HOUR = 3_600_000

const BUDGETS = [
  aBudget('daily', '3'),
  aBudget('monthly', '40'),
  aBudget('per_session', '2'),
  aBudget('weekly', '1', { project: 'api' }),
  aBudget('daily', '9', { model: 'opus*' }),
]

/** Few sessions, labels and hours, so that records meet; costs that no double holds in sum among them. */
function records(hours: readonly number[], sessions: readonly string[]): fc.Arbitrary<NewRecord[]> {
  const one = fc.record({
    timestamp: fc.constantFrom(...hours).map((hour) => MIDNIGHT + hour * HOUR),
    sessionId: fc.constantFrom(...sessions),
    project: fc.constantFrom('api', 'web'),
    model: fc.constantFrom('opus-4', 'haiku'),
    taskType: fc.constantFrom('bugfix', 'review'),
    inputTokens: fc.integer({ min: 1, max: 9 }),
    cacheReadTokens: fc.nat(5),
    costUsd: fc.constantFrom(1n, 2_500_000_000_000n, 900_000n * 10n ** 12n).map(picodollarsOf),
  })
  return fc.array(
    one.map((fields) => ({
      record: { ...aRecord(fields), timestamp: fields.timestamp },
      cost: fields.costUsd,
    })),
    { maxLength: 8 },
  )
}

const earlier = records([-80, -30, -2, 1, 9, 9, 13], ['s-1', 's-2', 's-3', '(unknown)'])
const news = records([0, 8, 9, 13, 14], ['s-1', 's-2', 's-4', 'größe', '(unknown)'])

function foldOf(all: readonly NewRecord[]) {
  // Each with an id of its own: what is the same record is not the question here.
  const lines = all.map(({ record }, nth) => lineOf({ ...record, id: `id-${nth}` }))
  return judged({ lines, budgets: BUDGETS })
}

/** What the index of sessions says. */
function sessionIn({ rollup: { sessions } }: Fold): (id: string) => KnownSession | null {
  return (id) => {
    const row = Array.from({ length: sessions.size }, (_, nth) => nth).find((nth) => sessions.id.is(nth, id))
    if (row === undefined) return null
    return {
      usd: String(sessions.usd.at(row)),
      uncertain: sessions.uncertain[row]!,
      first: datedOrNull(sessions.first[row]!),
      last: datedOrNull(sessions.last[row]!),
      scopes: [],
    }
  }
}

/** As it comes back from a file. */
function kept(snapshot: Snapshot): Snapshot {
  const about = {
    verdicts: [],
    overrides: NO_OVERRIDES,
    settingsFiles: [],
    builtInLimits: false,
    ledgerPath: '',
    hasLedger: true,
  }
  const saved = saveJudgement({ ...about, snapshot, allRecords: 0 })
  return restoreSnapshot(JSON.parse(JSON.stringify(saved)) as typeof saved, snapshot.asOf)
}

describe('new records on top of a snapshot', () => {
  it('make the snapshot of a fold that has read them all', () => {
    fc.assert(
      fc.property(earlier, news, (before, after) => {
        const { fold, snapshot } = foldOf(before)
        const counted = countNews(kept(snapshot), after, BUDGETS, { session: sessionIn(fold) })
        expect(counted).toEqual(foldOf([...before, ...after]).snapshot)
      }),
    )
  })

  it('are left to the fold where only that can tell', () => {
    const { snapshot } = foldOf([])
    const one = { record: { ...aRecord({ sessionId: 's-1' }), timestamp: MIDNIGHT }, cost: picodollarsOf(1n) }
    const nobody = { session: () => null }
    const narrowed = [...BUDGETS, aBudget('per_session', '1', { model: 'opus*' })]
    expect(countNews(snapshot, [one], BUDGETS, nobody)).not.toBeNull()
    expect(countNews(snapshot, [one], narrowed, nobody)).toBeNull()
    expect(countNews(snapshot, [one], BUDGETS, { session: () => undefined })).toBeNull()
    const moved = { ...foldOf([one]).snapshot, currentSessionId: null }
    expect(countNews(moved, [one], BUDGETS, nobody)).toBeNull()
  })
})
