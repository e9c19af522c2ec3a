const MINUTE = 60_000

/** How much of what is going on is told apart by the minute. */
export const KEPT_MINUTES = 60

/** The minute of an instant, counted from 1970. */
export function minuteOf(instant: number): number {
  return Math.floor(instant / MINUTE)
}

/** What one minute cost in one group, in picodollars. */
export type MinuteSum = readonly [minute: number, group: number, usd: bigint]

/**
 * Sums by minute and group of the hour before the clock, and of what is ahead of it. Small, because all that is older
 * is forgotten.
 */
export class MinuteSums {
  /** The first instant that is kept: whoever folds a million older records asks for nothing but this. */
  from = Infinity

  readonly #minutes = new Map<number, Map<number, bigint>>()

  /** Begins an hour before the clock. One that is set back finds again what comes from then on. */
  follow(clock: number): void {
    const first = minuteOf(clock) - KEPT_MINUTES + 1
    this.from = first * MINUTE
    for (const minute of this.#minutes.keys()) if (minute < first) this.#minutes.delete(minute)
  }

  /** Adds to the sum of a minute, or takes from it; what is older than `from` is nobody's business. */
  add(minute: number, group: number, usd: bigint): void {
    if (minute * MINUTE < this.from) return
    let groups = this.#minutes.get(minute)
    if (groups === undefined) {
      groups = new Map()
      this.#minutes.set(minute, groups)
    }
    groups.set(group, (groups.get(group) ?? 0n) + usd)
  }

  /** In no order. */
  sums(): readonly MinuteSum[] {
    return [...this.#minutes].flatMap(([minute, groups]) =>
      Array.from(groups, ([group, usd]): MinuteSum => [minute, group, usd]),
    )
  }

  /** Adds other sums, whose groups have these numbers here. */
  absorb(sums: readonly MinuteSum[], groups: readonly number[]): void {
    for (const [minute, group, usd] of sums) this.add(minute, groups[group]!, usd)
  }
}
