import type { Budget, Scope } from './budget.ts'
import { matchesScope } from './groups.ts'
import { type Money, NO_MONEY, picodollarsOf, plus } from './money.ts'
import type { Rollup } from './rollup.ts'
import { TRAIL_DAYS, type Trail, minutesOf, sameScope } from './trail.ts'

/** The trails of everything, which comes first, and of every scope that a budget with a period has. */
export function takeTrails(rollup: Rollup, budgets: readonly Budget[], today: number, asOf: number): Trail[] {
  const watched = scopesOf(budgets).map((scope) => new Watched(scope))
  const watchersOf = new Map<number, readonly Watched[]>()
  const watchers = (group: number): readonly Watched[] => {
    const known =
      watchersOf.get(group) ?? watched.filter(({ scope }) => matchesScope(scope, rollup.groups.at(group)))
    watchersOf.set(group, known)
    return known
  }
  const { cells } = rollup
  for (let row = 0; row < cells.size; row++) {
    const ago = today - cells.day[row]!
    if (ago < 0 || ago > TRAIL_DAYS) continue
    for (const one of watchers(cells.group[row]!)) one.days[ago]! += cells.usd.at(row)
  }
  for (const [minute, group, usd] of rollup.minutes.sums()) {
    for (const one of watchers(group)) one.addMinute(minute, usd)
  }
  return watched.map((one) => one.trail(asOf))
}

function scopesOf(budgets: readonly Budget[]): readonly Scope[] {
  const scopes: Scope[] = [{}]
  for (const { kind, scope } of budgets) {
    if (kind !== 'per_session' && !scopes.some((one) => sameScope(one, scope))) scopes.push(scope)
  }
  return scopes
}

class Watched {
  readonly scope: Scope
  /** By how many days ago. */
  readonly days = new Array<bigint>(TRAIL_DAYS + 1).fill(0n)
  readonly #minutes = new Map<number, Money>()

  constructor(scope: Scope) {
    this.scope = scope
  }

  addMinute(minute: number, usd: bigint): void {
    this.#minutes.set(minute, plus(this.#minutes.get(minute) ?? NO_MONEY, picodollarsOf(usd)))
  }

  trail(asOf: number): Trail {
    const [today = 0n, ...before] = this.days
    return {
      scope: this.scope,
      today: picodollarsOf(today),
      days: before.toReversed().map(picodollarsOf),
      minutes: minutesOf(this.#minutes, asOf),
    }
  }
}
