import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { PERIOD_KINDS } from '../../src/core/budget.ts'
import { createCalendar } from '../../src/core/calendar.ts'
import { picodollarsOf } from '../../src/core/money.ts'
import { byTodaysSpend } from '../../src/core/snapshot.ts'
import { takeSnapshot } from '../../src/core/take-snapshot.ts'
import { CLEAN } from '../../src/core/quality.ts'
import { modelsOfDay } from '../../src/core/build-dashboard.ts'
import { spanAround } from '../../src/reports/day-span.ts'
import { BySession } from '../../src/reports/by-session.ts'
import { sumsByLabel, totalOf } from '../../src/reports/sums.ts'
import { EVERYTHING, select } from '../../src/reports/usage.ts'
import { aBudget } from '../kit/a-budget.ts'
import { instant, usage } from '../kit/fold-lines.ts'
import { foldOf, usageIn } from './asking.ts'

const NOW = instant('2025-12-17T14:30:00Z')
const HOUR = 3_600_000

/** Records around the current month, some repeated, unpriced, undated, refused or nameless. */
const LINES = fc.array(
  fc
    .record({
      id: fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined }),
      timestamp: fc.option(
        fc
          .integer({ min: -40 * 24, max: 20 * 24 })
          .map((hours) => new Date(NOW + hours * HOUR).toISOString()),
        { nil: undefined, freq: 12 },
      ),
      session_id: fc.option(fc.constantFrom('s1', 's2', 's3'), { nil: undefined, freq: 8 }),
      project: fc.constantFrom('shop', 'api'),
      model: fc.constantFrom('opus', 'haiku', 'free'),
      tool: fc.constantFrom('codex', 'claude-code'),
      task_type: fc.constantFrom('fix', 'docs'),
      input_tokens: fc.oneof(
        { weight: 15, arbitrary: fc.nat(5000) },
        { weight: 1, arbitrary: fc.constant(-1) },
      ),
      cache_read_tokens: fc.nat(5000),
      cost_usd: fc.option(
        fc.nat(3_000_000).map((micro) => micro / 1e6),
        { nil: undefined, freq: 10 },
      ),
    })
    .map((fields) => usage(fields)),
  { maxLength: 40 },
)

it.each(['UTC', 'America/Los_Angeles', 'Pacific/Auckland'])(
  'says what check and the pane say of the same day, week and month in %s',
  (zone) => {
    const calendar = createCalendar(zone)
    const budgets = PERIOD_KINDS.map((kind) => aBudget(kind, '10'))
    fc.assert(
      fc.property(LINES, (lines) => {
        const fold = foldOf({ lines, asOf: NOW, calendar })
        const snapshot = takeSnapshot(fold.rollup, { asOf: NOW, calendar, budgets, quality: CLEAN })
        const today = calendar.dayOf(NOW)
        const all = usageIn(fold, calendar)
        const selected = PERIOD_KINDS.map((kind) =>
          select(all, spanAround(kind, today, calendar), EVERYTHING),
        )
        for (const [nth, kind] of PERIOD_KINDS.entries()) {
          const { usd, lowerBound } = totalOf(selected[nth]!)
          const spend = snapshot.spendByBudget.get(kind)!
          expect({ kind, usd, lowerBound }).toEqual({ kind, usd: spend.usd, lowerBound: spend.uncertain > 0 })
        }
        const [day] = selected
        const total = totalOf(day!)
        expect(total.records).toBe(snapshot.records)
        expect(total.tokens).toEqual(snapshot.tokens)
        expect(total.sessions).toBe(snapshot.sessions.length)
        const bySession = new BySession(day!)
        const sessions = bySession.costliest(Infinity)
        expect(sessions.map((one) => [all.sessions.id.at(one), bySession.sumOf(one).usd])).toEqual(
          snapshot.sessions.toSorted(byTodaysSpend).map(({ id, today: spend }) => [id, spend.usd]),
        )
        const models = sumsByLabel(day!, 'model').filter(({ sum }) => sum.records > 0)
        expect(models.map(({ key, sum }) => [key, sum.usd])).toEqual(
          modelsOfDay(fold.rollup, today).map(({ model, spend }) => [model, spend.usd]),
        )
      }),
    )
  },
)

it('every breakdown adds up to the total', () => {
  fc.assert(
    fc.property(LINES, (lines) => {
      const all = usageIn(foldOf({ lines, asOf: NOW }))
      const selection = select(all, { first: -Infinity, next: Infinity }, EVERYTHING)
      const { usd } = totalOf(selection)
      for (const label of ['project', 'model', 'tool', 'task_type'] as const) {
        const sum = sumsByLabel(selection, label).reduce((whole, one) => whole + one.sum.usd, 0n)
        expect(picodollarsOf(sum)).toBe(usd)
      }
    }),
  )
})
