import type { Budget, Scope } from './budget.ts'
import { AmountSum } from './columns.ts'
import { type Money, NO_MONEY, picodollarsOf, plus } from './money.ts'
import type { Rollup } from './rollup.ts'
import { TRAIL_DAYS, type Trail, minutesOf, sameScope } from './trail.ts'
import { watchersIn } from './watchers.ts'

/** A trail but for its last hour, which goes on with the clock. */
export type DayTrail = Omit<Trail, 'minutes'>

/** The days of the trails of everything, which comes first, and of every scope that a budget with a period has. */
export function sumTrails(rollup: Rollup, budgets: readonly Budget[], today: number): DayTrail[] {
  const watched = scopesOf(budgets).map((scope) => ({
    scope,
    days: Array.from({ length: TRAIL_DAYS + 1 }, () => new AmountSum()),
  }))
  const watchers = watchersIn(rollup.groups, watched)
  const { cells } = rollup
  for (let row = 0; row < cells.size; row++) {
    const ago = today - cells.day[row]!
    if (ago < 0 || ago > TRAIL_DAYS) continue
    for (const { days } of watchers(cells.group[row]!)) days[ago]!.add(cells.usd.amountAt(row))
  }
  return watched.map(({ scope, days }) => {
    const [spent, ...before] = days.map(({ whole }) => picodollarsOf(whole))
    return { scope, today: spent ?? NO_MONEY, days: before.toReversed() }
  })
}

/** The trails with the hour before an instant. */
export function trailsAt(days: readonly DayTrail[], rollup: Rollup, asOf: number): Trail[] {
  const watched = days.map((trail) => ({ ...trail, sums: new Map<number, Money>() }))
  const watchers = watchersIn(rollup.groups, watched)
  for (const [minute, group, usd] of rollup.minutes.sums()) {
    for (const { sums } of watchers(group))
      sums.set(minute, plus(sums.get(minute) ?? NO_MONEY, picodollarsOf(usd)))
  }
  return watched.map(({ sums, ...trail }) => ({ ...trail, minutes: minutesOf(sums, asOf) }))
}

function scopesOf(budgets: readonly Budget[]): readonly Scope[] {
  const scopes: Scope[] = [{}]
  for (const { kind, scope } of budgets) {
    if (kind !== 'per_session' && !scopes.some((one) => sameScope(one, scope))) scopes.push(scope)
  }
  return scopes
}
