import type { Scope } from './budget.ts'
import { type SavedAmount, restoreAmount, saveAmount } from './saved-amount.ts'
import { type Trail, laterTrail } from './trail.ts'

/** A trail as plain JSON. */
export interface SavedTrail {
  readonly scope: Scope
  readonly today: SavedAmount
  readonly days: readonly SavedAmount[]
  readonly minutes: readonly (readonly [minute: number, usd: SavedAmount])[]
}

export function saveTrail({ scope, today, days, minutes }: Trail): SavedTrail {
  return {
    scope,
    today: saveAmount(today),
    days: days.map(saveAmount),
    minutes: minutes.map(({ minute, usd }) => [minute, saveAmount(usd)]),
  }
}

/** The trail at a later instant of the same day. */
export function restoreTrail({ scope, today, days, minutes }: SavedTrail, asOf: number): Trail {
  const trail = {
    scope,
    today: restoreAmount(today),
    days: days.map(restoreAmount),
    minutes: minutes.map(([minute, usd]) => ({ minute, usd: restoreAmount(usd) })),
  }
  return laterTrail(trail, asOf)
}
