import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossingsOf } from '../../src/core/alert.ts'
import type { Budget } from '../../src/core/budget.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { costOf } from '../../src/core/cost.ts'
import { type Money, picodollarsOf } from '../../src/core/money.ts'
import { priceTable } from '../../src/core/price-table.ts'
import { CLEAN } from '../../src/core/quality.ts'
import { takeSnapshot } from '../../src/core/take-snapshot.ts'
import { evaluate } from '../../src/core/verdict.ts'
import { isCritical, isWarned } from '../../src/reports/budget-replay.ts'
import { ALL_DAYS } from '../../src/reports/day-span.ts'
import { History } from '../../src/reports/history.ts'
import { type Replayed, type ReplayTerms, replay } from '../../src/reports/replay.ts'
import { aBudget, share, usd } from '../kit/a-budget.ts'
import { foldLines, foldMaker, usage } from '../kit/fold-lines.ts'
import { memoryLedger } from '../kit/memory-ledger.ts'

const UTC = createCalendar('UTC')
const MINUTE = 60_000
const BEGIN = Date.UTC(2025, 11, 12, 20)

const TERMS: ReplayTerms = {
  calendar: UTC,
  budgets: [],
  driving: [],
  steps: [],
  targetOf: () => null,
  span: ALL_DAYS,
}

function historyOf(lines: readonly string[], choices: readonly Money[] = []): History {
  const files = new Map([['/l/sessions.jsonl', lines.map((line) => `${line}\n`).join('')]])
  const reader = memoryLedger(files, new Set()).reader('/l', foldMaker())
  reader.look()
  const history = new History(choices.length)
  const table = priceTable([])
  for (const _ of reader.records((record) => {
    history.note(record, costOf(record, table, 'auto'), (step) => choices[step]!)
  }));
  return history
}

function replayed(
  lines: readonly string[],
  terms: Partial<ReplayTerms>,
  choices: readonly Money[] = [],
): Replayed {
  return replay(historyOf(lines, choices), { ...TERMS, ...terms })
}

/** A call some minutes after the beginning. */
function spent(minutes: number, cost: number, fields: Readonly<Record<string, unknown>> = {}): string {
  return usage({
    timestamp: new Date(BEGIN + minutes * MINUTE).toISOString(),
    cost_usd: cost,
    id: `at ${minutes}`,
    ...fields,
  })
}

/** How often each budget warned, was critical and was used up. */
function counts({ budgets }: Pick<Replayed, 'budgets'>): readonly (readonly number[])[] {
  return budgets.map((budget) => {
    const standings = budget.standings()
    const over = standings.filter(({ reached }) => reached === 'limit')
    return [standings.filter(isWarned).length, standings.filter(isCritical).length, over.length]
  })
}

describe('how often a budget speaks up', () => {
  it.each<[what: string, lines: readonly string[], counted: readonly number[]]>([
    ['nothing below the threshold', [spent(0, 7.99)], [0, 0, 0]],
    ['a warning at the threshold', [spent(0, 8)], [1, 0, 0]],
    ['once for each period', [spent(0, 8), spent(1, 1), spent(300, 9.5)], [2, 1, 0]],
    ['all of them when it jumps', [spent(0, 10)], [1, 1, 1]],
    [
      'still when a correction takes it back',
      [spent(0, 10), spent(1, -9, { kind: 'adjustment', corrects: 'at 0' })],
      [1, 1, 1],
    ],
    [
      'not for what one instant takes back',
      [spent(0, 10), spent(0, -9, { kind: 'adjustment', corrects: 'at 0', id: 'back' })],
      [0, 0, 0],
    ],
    ['in whatever order the lines stand', [spent(300, 8), spent(1, 2), spent(0, 8)], [2, 1, 1]],
  ])('%s', (_, lines, counted) => {
    expect(counts(replayed(lines, { budgets: [aBudget('daily', '10')] }))).toEqual([counted])
  })

  it('looks at some days only, and knows what came before them', () => {
    const today = UTC.dayOf(BEGIN)
    const lines = [spent(0, 8), spent(1440, 1)]
    const span = { first: today + 1, next: today + 2 }
    const { budgets, calls } = replayed(lines, { budgets: [aBudget('monthly', '10')], span })
    expect(calls).toBe(1)
    expect(budgets[0]!.standings().map(({ most }) => most)).toEqual([usd('9')])
  })
})

describe('what acting would have saved', () => {
  const BLOCKING: Budget = { ...aBudget('daily', '10'), action: 'block' }

  it('blocks what comes after the critical threshold, until the next day', () => {
    const { blocked, budgets } = replayed([spent(0, 9.5), spent(1, 3), spent(2, 4), spent(300, 5)], {
      budgets: [BLOCKING],
    })
    expect(blocked).toEqual({ calls: 2, usd: usd('7') })
    expect(budgets[0]!.standings()[0]!.after).toEqual({ calls: 2, usd: usd('7') })
  })

  it('blocks nothing where the action is to warn', () => {
    const { blocked } = replayed([spent(0, 9.5), spent(1, 3)], { budgets: [aBudget('daily', '10')] })
    expect(blocked.calls).toBe(0)
  })

  it('lowers from the pressure that was there before a call, and counts what is saved from then on', () => {
    const routed = {
      budgets: [aBudget('daily', '10')],
      driving: ['daily'],
      steps: [share('0.5'), share('0.8')],
      targetOf: (_: number, step: number) => [null, 'sonnet', 'haiku'][step]!,
    }
    const choices = ['0', '2', '3'].map(usd)
    const lines = [spent(0, 5), spent(1, 4), spent(2, 4), spent(3, 4)]
    const { reroutes, acted, usd: all } = replayed(lines, routed, choices)
    expect(all).toBe(usd('17'))
    // 5, then 2 for 4 at one half, 2 again, and 1 for 4 at nine tenths.
    expect(reroutes.map(({ to, calls, saved }) => [to, calls, saved])).toEqual([
      ['sonnet', 2, usd('4')],
      ['haiku', 1, usd('3')],
    ])
    expect(acted[0]!.standings()[0]!.spent).toBe(usd('10'))
  })

  it('does not let a budget that drives nothing, or does not see a call, lower it', () => {
    const terms = {
      steps: [share('0.5')],
      targetOf: (_: number, step: number) => (step > 0 ? 'haiku' : null),
    }
    const other = aBudget('daily', '1', { project: 'other' })
    const lines = [spent(0, 5, { project: 'shop' }), spent(1, 5, { project: 'shop' })]
    const choices = [usd('0'), usd('1')]
    expect(replayed(lines, { ...terms, budgets: [aBudget('daily', '1')] }, choices).reroutes).toEqual([])
    expect(replayed(lines, { ...terms, budgets: [other], driving: [other.id] }, choices).reroutes).toEqual([])
  })
})

const BUDGETS: readonly Budget[] = [
  aBudget('daily', '10'),
  aBudget('weekly', '25'),
  aBudget('monthly', '40'),
  aBudget('per_session', '8'),
  aBudget('daily', '4', { model: 'opus*' }),
  aBudget('per_session', '3', { project: 'shop' }),
  aBudget('daily', '0', { project: 'api' }),
]

const LINES = fc.uniqueArray(
  fc.record({
    id: fc.nat(200).map((number) => `id ${number}`),
    minutes: fc.nat(60 * 24 * 6).map((minutes) => minutes - (minutes % 240)),
    session_id: fc.constantFrom('s1', 's2', undefined),
    project: fc.constantFrom('shop', 'api', 'docs'),
    model: fc.constantFrom('opus-1', 'haiku'),
    cost: fc.option(fc.integer({ min: -2_000_000, max: 6_000_000 }), { freq: 12 }),
  }),
  { selector: ({ id }) => id, maxLength: 14 },
)

it('under the limits of today it says what the alerts said that were raised at the time', () => {
  fc.assert(
    fc.property(LINES, (records) => {
      const lines = records.map(({ minutes, cost, ...labels }) => {
        const at = BEGIN + minutes * MINUTE
        const debt = (cost ?? 0) < 0 ? { kind: 'adjustment', input_tokens: 0, output_tokens: 0 } : {}
        const fields = { ...labels, ...debt, timestamp: new Date(at).toISOString() }
        return { at, line: usage(cost === null ? fields : { ...fields, cost_usd: cost / 1e6 }) }
      })
      const reached = new Map(BUDGETS.map(({ id }) => [id, [new Set(), new Set(), new Set()] as const]))
      for (const asOf of new Set(lines.map(({ at }) => at))) {
        const fold = foldLines(
          lines.filter(({ at }) => at <= asOf).map(({ line }) => line),
          { asOf, budgets: BUDGETS },
        )
        const snapshot = takeSnapshot(fold.rollup, { asOf, calendar: UTC, budgets: BUDGETS, quality: CLEAN })
        for (const crossing of crossingsOf(evaluate(BUDGETS, snapshot, 'warn'), [])) {
          const { verdict } = crossing
          const [warned, critical, over] = reached.get(verdict.budget.id)!
          const about = verdict.sessionId ?? verdict.period!.start
          warned.add(about)
          if (crossing.level === 'critical') critical.add(about)
          if (verdict.exceeded) over.add(about)
        }
      }
      const found = counts(
        replayed(
          lines.map(({ line }) => line),
          { budgets: BUDGETS },
        ),
      )
      expect(found).toEqual([...reached.values()].map((sets) => sets.map(({ size }) => size)))
    }),
    { numRuns: 60 },
  )
})

it('spends what the records say, blocked and lowered together', () => {
  fc.assert(
    fc.property(LINES, (records) => {
      const lines = records
        .filter(({ cost }) => cost !== null && cost >= 0)
        .map(({ minutes, cost, ...labels }) => spent(minutes, cost! / 1e6, labels))
      const budgets = BUDGETS.map((budget, nth): Budget => ({
        ...budget,
        action: nth % 2 === 0 ? 'block' : 'warn',
      }))
      const { usd: all, blocked, acted } = replayed(lines, { budgets })
      const day = acted[0]!.standings().reduce((sum, standing) => sum + standing.spent, 0n)
      expect(picodollarsOf(day + blocked.usd)).toBe(all)
    }),
  )
})
