import { expect, test } from 'vitest'

import type { ExplainedRecord } from '../../src/core/cost-summary.ts'
import { type Money, decimalText, parseMoney } from '../../src/core/money.ts'
import { ESTIMATE } from '../../src/core/operation.ts'
import type { UsageRecord } from '../../src/core/record.ts'
import { efficiencyFigures } from '../../src/reports/tracked-efficiency.ts'
import type { TrackedFacts } from '../../src/reports/tracked-facts.ts'
import { insightFigures } from '../../src/reports/tracked-insights.ts'
import { aRecord } from '../core/a-record.ts'

const usd = (text: string): Money => parseMoney(text)!
const HOUR = 3_600_000

/** A record that cost so much; null for what has no price. */
function used(cost: string | null, fields: Partial<UsageRecord> = {}): ExplainedRecord {
  const counted = cost === null ? null : usd(cost)
  return { record: aRecord(fields), breakdown: { counted, word: 'recorded', computed: null } }
}

/** An hour of work. */
function facts(rest: Partial<TrackedFacts>): TrackedFacts {
  const session = { id: 's', name: 'JWT', startedAt: 0, project: 'p', folder: '/p', model: '', commit: '' }
  return {
    session,
    end: HOUR,
    isOver: true,
    logged: [],
    meanwhile: [],
    git: null,
    project: { usd: usd('0'), lowerBound: false },
    advice: null,
    limit: null,
    previous: null,
    ...rest,
  }
}

const commits = (count: number): Pick<TrackedFacts, 'git'> => ({
  git: {
    look: { branch: 'main', commit: 'c', staged: 0 },
    commits: Array.from({ length: count }, (_, at) => ({ commit: String(at), at, subject: 'x' })),
  },
})

/** As a reader of the figures sees it. */
function said({ figures }: ReturnType<typeof insightFigures>): Record<string, string> {
  return Object.fromEntries(
    figures.map(({ key, value }) => {
      if (value.kind === 'money') return [key, `${value.lowerBound ? '>=' : ''}${decimalText(value.usd)}`]
      return [key, value.kind === 'word' ? value.word : value.kind]
    }),
  )
}

const REVIEW = { taskType: 'review', model: 'opus' }
const FIX = { taskType: 'fix', model: 'haiku' }
const READ = { inputTokens: 100, outputTokens: 2000, cacheReadTokens: 58_000 }

test.each<[what: string, rest: Partial<TrackedFacts>, insights: Record<string, unknown>]>([
  ['nothing was used', {}, { nothing_used: expect.stringContaining('nothing was logged') }],
  ['nothing stands out', { logged: [used('1', REVIEW)] }, { none: 'nothing stands out' }],
  [
    'one kind of work took half of it all',
    { logged: [used('1', REVIEW)], meanwhile: [used('1', FIX)] },
    { high_cost: '50% ($1.00) went into fix on haiku' },
  ],
  [
    'no kind of work took half of it',
    { logged: [used('1', REVIEW), used('1', FIX), used('0.5', { taskType: 'docs' })] },
    { none: 'nothing stands out' },
  ],
  [
    'something has no price, which may be most of it',
    { logged: [used('1', REVIEW), used(null, FIX)] },
    { none: 'nothing stands out' },
  ],
  [
    'it reached what a session may cost',
    { logged: [used('2')], limit: usd('2') },
    { over_limit: expect.stringMatching(/^\$2\.00 is no less than the \$2\.00 that a session may cost/) },
  ],
  ['it stayed below that', { logged: [used('1.99')], limit: usd('2') }, { none: 'nothing stands out' }],
  [
    'much was read for what was written',
    { meanwhile: [used('1', READ)] },
    { much_context: expect.stringMatching(/^29 tokens were read for each/) },
  ],
  [
    'agents missed the cache',
    { meanwhile: [used('1', { inputTokens: 40_000, outputTokens: 20_000, cacheReadTokens: 10_000 })] },
    { low_cache_hit: expect.stringMatching(/^agents read 20% of their input from caches/) },
  ],
  [
    'a quarter is guesswork',
    { logged: [used('1', { tool: ESTIMATE }), used('1.5', FIX), used('1.5', REVIEW)] },
    { estimated: expect.stringMatching(/^25% of the cost is typical tokens/) },
  ],
  [
    'guesswork stands beside what has no price',
    { logged: [used('1', { tool: ESTIMATE }), used(null)] },
    { estimated: expect.stringMatching(/^\$1\.00 of the cost is typical tokens/) },
  ],
  ['it came to four commits', { logged: [used('1')], ...commits(4) }, { per_commit: '0.25' }],
  [
    'it came to two commits and to more than is known',
    { logged: [used('1'), used(null)], ...commits(2) },
    { per_commit: '>=0.5' },
  ],
])('says what stands out: %s', (_, rest, insights) => {
  expect(said(insightFigures(facts(rest)))).toEqual(insights)
})

test.each<[what: string, cost: string | null, previousIsLeast: boolean, told: Record<string, unknown>]>([
  ['by how much it was dearer', '0', false, { previous_hourly_usd: '2', hourly_change: 'change' }],
  ['no change from what is only known at least', '0', true, { previous_hourly_usd: '>=2' }],
  ['no change to what is only known at least', null, false, { previous_hourly_usd: '2' }],
])('is compared with the session before: %s', (_, cost, lowerBound, told) => {
  const previous = { name: 'before', ms: HOUR / 2, picodollars: '1000000000000', lowerBound, tokens: 1 }
  const efficiency = efficiencyFigures(facts({ logged: [used('3'), used(cost)], previous }))
  expect(said(efficiency)).toMatchObject({ previous_session: 'before', ...told })
  const change = efficiency.figures.find(({ key }) => key === 'hourly_change')?.value
  const known = told['hourly_change'] === undefined ? null : 0.5
  expect(change).toEqual({ kind: 'change', change: known })
})
