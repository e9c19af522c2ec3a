import { SCOPE_KEYS, type Scope } from './budget.ts'
import { KEPT_MINUTES, minuteOf } from './minute-sums.ts'
import { type Money, NO_MONEY, plus } from './money.ts'

/** Days of a trail before the current one: each weekday four times, and no farther back than scopes are told apart. */
export const TRAIL_DAYS = 28

/** What was spent in a scope lately: all that a forecast knows of the past. */
export interface Trail {
  readonly scope: Scope
  /** What the current day cost so far. */
  readonly today: Money
  /** What each of the `TRAIL_DAYS` before it cost, oldest first. */
  readonly days: readonly Money[]
  /** From an hour ago on, ascending, only minutes with spend; the last ones may be ahead of the clock. */
  readonly minutes: readonly MinuteSpend[]
}

/** What one minute cost. */
export interface MinuteSpend {
  /** Counted from 1970. */
  readonly minute: number
  readonly usd: Money
}

/** The trail of a scope; undefined when no budget with a period has it. */
export function trailOf(trails: readonly Trail[], scope: Scope): Trail | undefined {
  return trails.find((trail) => sameScope(trail.scope, scope))
}

export function sameScope(a: Scope, b: Scope): boolean {
  return SCOPE_KEYS.every((key) => a[key] === b[key])
}

/** Minutes with spend among the `length` (at most 60) that end with the one of an instant. */
export function latestMinutes(trail: Trail, asOf: number, length = KEPT_MINUTES): readonly MinuteSpend[] {
  const last = minuteOf(asOf)
  return trail.minutes.filter(({ minute }) => minute > last - length && minute <= last)
}

/** A trail as it is later on the same day, without what is more than an hour ago by then. */
export function laterTrail(trail: Trail, asOf: number): Trail {
  const first = firstMinute(asOf)
  return { ...trail, minutes: trail.minutes.filter(({ minute }) => minute >= first) }
}

/** A trail with further spends of its day. */
export function extended(
  trail: Trail,
  spends: readonly { readonly instant: number; readonly usd: Money }[],
  asOf: number,
): Trail {
  if (spends.length === 0) return trail
  const minutes = [...trail.minutes]
  let { today } = trail
  for (const { instant, usd } of spends) {
    today = plus(today, usd)
    addTo(minutes, minuteOf(instant), usd)
  }
  return { ...trail, today, minutes: lasting(minutes, asOf) }
}

/** Looks from the end on: what is new is mostly the latest. */
function addTo(minutes: MinuteSpend[], minute: number, usd: Money): void {
  let at = minutes.length
  while (at > 0 && minutes[at - 1]!.minute > minute) at--
  const same = minutes[at - 1]
  if (same?.minute === minute) minutes[at - 1] = { minute, usd: plus(same.usd, usd) }
  else minutes.splice(at, 0, { minute, usd })
}

/** Sums by minute as a trail has them. */
export function minutesOf(sums: ReadonlyMap<number, Money>, asOf: number): readonly MinuteSpend[] {
  const minutes = Array.from(sums, ([minute, usd]) => ({ minute, usd }))
  return lasting(minutes, asOf).toSorted((a, b) => a.minute - b.minute)
}

function lasting(minutes: readonly MinuteSpend[], asOf: number): MinuteSpend[] {
  const first = firstMinute(asOf)
  return minutes.filter(({ minute, usd }) => minute >= first && usd !== NO_MONEY)
}

function firstMinute(asOf: number): number {
  return minuteOf(asOf) - KEPT_MINUTES + 1
}
