import { describe, expect, it, test } from 'vitest'
import { decimalText } from '../../src/core/money.ts'
import { runawayAlarms, runawayOf } from '../../src/core/runaway.ts'
import type { Snapshot } from '../../src/core/snapshot.ts'
import { ACTS_ON_A_TERMINAL } from '../kit/hostile.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { judged } from './judging.ts'

const NOW = instant('2025-12-15T14:30:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

interface Spend {
  readonly minutesAgo: number
  readonly usd: number
  readonly session?: string
}

/** What the days before today cost, and what was spent today. */
function snapshotOf(days: readonly number[], spends: readonly Spend[]): Snapshot {
  const lines = [
    ...days.map((usd, nth) => ({ timestamp: NOW - (nth + 1) * DAY, session_id: 'before', cost_usd: usd })),
    ...spends.map(({ minutesAgo, usd, session = 's1' }) => ({
      timestamp: NOW - minutesAgo * MINUTE,
      session_id: session,
      cost_usd: usd,
    })),
  ].map((fields, nth) =>
    usage({ ...fields, id: `${nth}`, timestamp: new Date(fields.timestamp).toISOString() }),
  )
  return judged({ lines }).snapshot
}

const USUAL = [6, 6, 9, 9, 3]

describe('money runs away', () => {
  test.each<[what: string, days: readonly number[], spends: readonly Spend[], spent: string | null]>([
    [
      'when ten minutes cost a third of a busy day',
      USUAL,
      [
        { minutesAgo: 9, usd: 1 },
        { minutesAgo: 0, usd: 2 },
      ],
      '3',
    ],
    ['not when they cost less', USUAL, [{ minutesAgo: 3, usd: 2.99 }], null],
    [
      'not for what is longer ago',
      USUAL,
      [
        { minutesAgo: 10, usd: 5 },
        { minutesAgo: 1, usd: 1 },
      ],
      null,
    ],
    ['not for what is still to come', USUAL, [{ minutesAgo: -2, usd: 5 }], null],
    ['when a user of cents spends a dollar', [0.1, 0.1, 0.1, 0.1, 0.1], [{ minutesAgo: 3, usd: 1 }], '1'],
    ['not below a dollar', [0.1, 0.1, 0.1, 0.1, 0.1], [{ minutesAgo: 3, usd: 0.99 }], null],
    ['not while nobody knows what is usual', [6, 6, 9, 9, 0], [{ minutesAgo: 3, usd: 50 }], null],
    ['also after a day on which it ran away', [6, 6, 9, 9, 900], [{ minutesAgo: 3, usd: 3 }], '3'],
    ['not where a third of the days are as dear', [6, 60, 60, 9, 3], [{ minutesAgo: 3, usd: 3 }], null],
  ])('%s', (_, days, spends, spent) => {
    const runaway = runawayOf(snapshotOf(days, spends))
    expect(runaway === null ? null : decimalText(runaway.spent)).toBe(spent)
  })

  it('in the session that spends most of those at work', () => {
    const spends = [
      { minutesAgo: 200, usd: 90, session: 'morning' },
      { minutesAgo: 5, usd: 1, session: 'small' },
      { minutesAgo: 4, usd: 7, session: 'large' },
    ]
    expect(runawayOf(snapshotOf(USUAL, spends))?.sessionId).toBe('large')
  })

  it('in no session where none has a name', () => {
    const spends = [{ minutesAgo: 4, usd: 7, session: '(unknown)' }]
    expect(runawayAlarms(snapshotOf(USUAL, spends))).toMatchObject([
      { sessionId: null, message: expect.stringMatching(/^Spending runs away: /) },
    ])
  })
})

describe('the alarm', () => {
  const [alarm] = runawayAlarms(snapshotOf(USUAL, [{ minutesAgo: 4, usd: 7.25 }]))

  it('names the session, the pace and what is usual', () => {
    expect(alarm?.message).toBe(
      'Session s1 runs away: $7.25 in the last 10 minutes, where a whole busy day costs $9.00',
    )
  })

  it('is the same all day for a session, and another for another', () => {
    const later = runawayAlarms(snapshotOf(USUAL, [{ minutesAgo: 1, usd: 30 }]))
    const other = runawayAlarms(snapshotOf(USUAL, [{ minutesAgo: 1, usd: 30, session: 's2' }]))
    expect(later[0]?.claim).toBe(alarm?.claim)
    expect(other[0]?.claim).not.toBe(alarm?.claim)
  })

  it('is none where nothing is wrong', () => {
    expect(runawayAlarms(snapshotOf(USUAL, []))).toEqual([])
  })

  it('repeats no control character of a name', () => {
    const spends = [{ minutesAgo: 4, usd: 7, session: '\u001b[2J\u202e\u0000s'.repeat(40) }]
    expect(runawayAlarms(snapshotOf(USUAL, spends))[0]?.message).not.toMatch(ACTS_ON_A_TERMINAL)
  })
})
