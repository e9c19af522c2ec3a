import type { Calendar } from './calendar.ts'
import { type DayInput, type DaySums, sumDay } from './day-sums.ts'
import type { Days } from './day-table.ts'
import type { Quality } from './quality.ts'
import type { Rollup } from './rollup.ts'
import type { Snapshot } from './snapshot.ts'
import { trailsAt } from './take-trails.ts'

export interface SnapshotInput extends DayInput {
  readonly quality: Quality
}

/** Sums the rollup for every budget at an instant, or takes the sums of that day as they are. */
export function takeSnapshot(
  rollup: Rollup,
  input: SnapshotInput,
  sums: DaySums = sumDay(rollup, input),
): Snapshot {
  const { asOf, calendar, quality } = input
  const { spendByBudget, sessions, currentSessionId, records, tokens, trails } = sums
  const periods = calendar.periodsAt(asOf)
  return {
    asOf,
    zone: calendar.zone,
    periods,
    daysToCome: daysAfter(calendar.dayOf(asOf), calendar, periods),
    spendByBudget,
    sessions,
    currentSessionId,
    records,
    tokens,
    trails: trailsAt(trails, rollup, asOf),
    quality,
  }
}

/** The first day that any budget, or a history of `days` days, can see at an instant: where detail must begin. */
export function detailFrom(calendar: Calendar, asOf: number, days: number): number {
  const { weekly, monthly } = calendar.periodsAt(asOf)
  return Math.min(
    calendar.dayOf(weekly.start),
    calendar.dayOf(monthly.start),
    calendar.dayOf(asOf) - days + 1,
  )
}

function daysAfter(today: number, calendar: Days, { daily, weekly, monthly }: Snapshot['periods']): number[] {
  const next = calendar.dayOf(Math.max(daily.end, weekly.end, monthly.end))
  return Array.from({ length: next - today - 1 }, (_, nth) => calendar.startOfDay(today + 1 + nth))
}
