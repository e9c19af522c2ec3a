import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_RESOLUTION } from '../../src/settings/defaults.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'
import { limitsFileText } from '../../src/formats/suggested-limits.ts'
import { decimalText, picodollarsOf } from '../../src/core/money.ts'
import { type DaySpan, ALL_DAYS } from '../../src/reports/day-span.ts'
import { spreadOf, tidyAbove } from '../../src/reports/spread.ts'
import { type Suggestion, isTooThin, suggestLimits } from '../../src/reports/suggest-limits.ts'
import { EVERYTHING, select } from '../../src/reports/usage.ts'
import { usd } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { foldOf, usageIn } from './asking.ts'

const DAY = 86_400_000
const NOW = instant('2025-12-17T14:30:00Z')
const TODAY = Math.floor(NOW / DAY)

it.each([
  ['0.001', '0.01'],
  ['0.037', '0.04'],
  ['0.12', '0.15'],
  ['3', '3.5'],
  ['3.01', '3.5'],
  ['8.13', '8.5'],
  ['9.6', '10'],
  ['47.2', '50'],
  ['123', '150'],
])('finds above %s %s, which people would write down', (amount, expected) => {
  expect(decimalText(tidyAbove(usd(amount)))).toBe(expected)
})

it('is never below, and never by more than a half', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 10n ** 10n, max: 10n ** 18n }), (amount) => {
      const rounded = tidyAbove(picodollarsOf(amount))
      expect(rounded > amount && rounded * 2n <= amount * 4n).toBe(true)
    }),
  )
})

it.each<[amounts: readonly string[], median: string, mostly: string, most: string]>([
  [['5'], '5', '5', '5'],
  [['1', '2', '3', '4'], '2', '4', '4'],
  [['10', '1', '9', '2', '8', '3', '7', '4', '6', '5'], '5', '9', '10'],
])('tells the middle and the ninth of ten of %j', (amounts, median, mostly, most) => {
  const spread = spreadOf(amounts.map(usd))
  expect([spread?.median, spread?.mostly, spread?.most]).toEqual([median, mostly, most].map(usd))
})

/** So much on each of the days before today, the latest last. */
function suggestedBy(dollars: readonly number[], span: DaySpan = ALL_DAYS): Suggestion {
  const lines = dollars.map((cost, nth) =>
    usage({
      id: `day ${nth}`,
      session_id: `s${nth}`,
      timestamp: new Date(NOW - (dollars.length - nth) * DAY).toISOString(),
      cost_usd: cost,
    }),
  )
  return suggestLimits(select(usageIn(foldOf({ lines, asOf: NOW })), span, EVERYTHING), TODAY)
}

const limitsOf = (suggestion: Suggestion): readonly (readonly [string, string | null])[] =>
  suggestion.limits.map((one) => [one.of, one.kind === 'limit' ? decimalText(one.limit) : null])

describe('limits that fit', () => {
  it('are what nine of ten days, whole weeks, whole months and sessions stayed below', () => {
    const days = Array.from({ length: 100 }, (_, day) => (day % 10 === 0 ? 30 : 8.2))
    expect(limitsOf(suggestedBy(days))).toEqual([
      ['daily', '8.5'],
      ['weekly', '80'],
      ['monthly', '350'],
      ['per_session', '8.5'],
    ])
  })

  it.each<[what: string, days: number, known: readonly string[]]>([
    ['nothing of four days', 4, []],
    ['a day of five', 5, ['daily']],
    ['a session of ten', 10, ['daily', 'per_session']],
    ['a week of four weeks', 28, ['daily', 'weekly', 'per_session']],
  ])('say %s', (_, days, known) => {
    const suggestion = suggestedBy(Array.from({ length: days }, () => 1))
    expect(suggestion.limits.filter(({ kind }) => kind === 'limit').map(({ of }) => of)).toEqual(known)
    expect(isTooThin(suggestion)).toBe(known.length === 0)
  })

  it('take no part of a week for a week', () => {
    const first = TODAY - 20
    const suggestion = suggestedBy(
      Array.from({ length: 60 }, () => 1),
      { first, next: TODAY + 1 },
    )
    expect(suggestion.limits[1]).toMatchObject({ kind: 'too-thin', count: 2, needed: 3 })
  })

  it('warn on one day in five at most', () => {
    const days = Array.from({ length: 20 }, (_, day) => (day < 10 ? 1 : 7.4))
    const { thresholdWarning, limits } = suggestedBy(days)
    expect(limits[0]).toMatchObject({ limit: usd('7.5'), over: 0, warned: 10 })
    expect(thresholdWarning).toBe(900_000n)
    expect(suggestedBy(Array.from({ length: 20 }, (_, day) => (day < 17 ? 1 : 7.4))).thresholdWarning).toBe(
      700_000n,
    )
  })
})

it('makes a file that the settings take without a word', () => {
  const suggestion = suggestedBy(Array.from({ length: 100 }, () => 2))
  const text = limitsFileText({ days: 'all time', ...suggestion })
  const { limits, notices } = resolveSettings({
    layers: [{ trust: 'user', directory: '/c', files: { 'cost-limits.yaml': text } }],
  })
  expect(notices).toEqual(BUILT_IN_RESOLUTION.notices)
  const budgets = limits.kind === 'ok' ? limits.value.budgets : []
  expect(budgets.map(({ id, limit }) => [id, decimalText(limit)])).toEqual(limitsOf(suggestion))
})

it('says in the file why a limit is missing, and that the truth may be more', () => {
  const suggestion = suggestedBy(Array.from({ length: 40 }, () => 2))
  const text = limitsFileText({ days: '2025-11-07 to 2025-12-16', ...suggestion, lowerBound: true })
  expect(text).toMatchInlineSnapshot(`
    "# cost-limits.yaml, from what was spent 2025-11-07 to 2025-12-16.
    # Nine of ten of your own days, whole weeks, whole months and sessions stayed below these limits.
    # Some usage has no price: the truth is more. ai-costs check names it.
    budgets:
      daily: 2.50 # 40 active days, half up to $2.00, the dearest $2.00, 0 over this
      weekly: 15.00 # 5 whole weeks, half up to $14.00, the dearest $14.00, 0 over this
      # monthly: 0 whole months say too little, 2 are needed
      per_session: 2.50 # 40 sessions, half up to $2.00, the dearest $2.00, 0 over this
    alerts:
      threshold_warning: 0.85
      threshold_critical: 0.95
    "
  `)
})
