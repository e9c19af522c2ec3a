import type { Calendar } from './calendar.ts'
import type { Dashboard, DaySpend, ModelSpend } from './dashboard.ts'
import { AmountSum } from './columns.ts'
import { type Forecast, forecastOf } from './forecast.ts'
import { picodollarsOf } from './money.ts'
import type { Rollup } from './rollup.ts'
import type { Snapshot, Spend } from './snapshot.ts'
import { SpendSum } from './spend-sum.ts'
import type { Verdict } from './verdict.ts'

/** Days that the sparkline shows, today included. */
export const HISTORY_DAYS = 30

/** What a dashboard shows of single days: the same all day until the rollup changes. */
export type Charts = Pick<Dashboard, 'models' | 'days' | 'month'>

export function chartsOf(rollup: Rollup, calendar: Calendar, { asOf, periods }: Snapshot): Charts {
  const { dayOf } = calendar
  const { start, end } = periods.monthly
  return {
    models: modelsOfDay(rollup, dayOf(asOf)),
    days: latestDays(rollup, calendar, dayOf(asOf)),
    month: spendOfDays(rollup, dayOf(start), dayOf(end)),
  }
}

/** The current day's spend by model, most first; equal ones by name, so that rows do not jump. */
export function modelsOfDay(rollup: Rollup, today: number): ModelSpend[] {
  const { cells, groups } = rollup
  const sums = new Map<string, { records: number; readonly sum: SpendSum }>()
  for (let row = 0; row < cells.size; row++) {
    if (cells.day[row] !== today) continue
    const { model } = groups.at(cells.group[row]!)
    const known = sums.get(model) ?? { records: 0, sum: new SpendSum() }
    known.records += cells.records[row]!
    known.sum.add(cells.usd.amountAt(row), cells.unpricedRecords[row]!)
    sums.set(model, known)
  }
  // Not row by row: a record may be taken out under other labels than it was counted under.
  return [...sums]
    .filter(([, { records }]) => records !== 0)
    .map(([model, { sum }]) => ({ model, spend: sum.spend }))
    .toSorted(
      (a, b) =>
        Number(b.spend.usd > a.spend.usd) - Number(b.spend.usd < a.spend.usd) || (a.model < b.model ? -1 : 1),
    )
}

/** What each of the latest days cost, oldest first, `today` last. */
export function latestDays(rollup: Rollup, calendar: Calendar, today: number): DaySpend[] {
  const first = today - HISTORY_DAYS + 1
  const sums = Array.from({ length: HISTORY_DAYS }, () => new AmountSum())
  const { cells } = rollup
  for (let row = 0; row < cells.size; row++) {
    const nth = cells.day[row]! - first
    if (nth >= 0 && nth < HISTORY_DAYS) sums[nth]!.add(cells.usd.amountAt(row))
  }
  return sums.map((usd, nth) => ({ start: calendar.startOfDay(first + nth), usd: picodollarsOf(usd.whole) }))
}

/** What the days from one up to another cost, the last one left out. */
export function spendOfDays({ cells }: Rollup, first: number, next: number): Spend {
  const sum = new SpendSum()
  for (let row = 0; row < cells.size; row++) {
    const day = cells.day[row]!
    if (day < first || day >= next) continue
    sum.add(cells.usd.amountAt(row), cells.unpricedRecords[row]! + cells.rejected[row]!)
  }
  return sum.spend
}

/** What is to be expected of each budget with a period, by its id. */
export function forecastsOf(verdicts: readonly Verdict[], snapshot: Snapshot): ReadonlyMap<string, Forecast> {
  return new Map(
    verdicts
      .filter(({ period }) => period !== null)
      .map((verdict) => [verdict.budget.id, forecastOf(verdict, snapshot)]),
  )
}
