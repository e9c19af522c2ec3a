/** What was read before a fold was restored, and is not in it: looked up one by one when a new line needs it. */
export interface KnownLedger {
  /** Where lines are whose identity has this hash; a hash only nominates. */
  readonly lines: (hash: number) => readonly number[]
  /** The sums of a session; null when it is new. */
  readonly session: (id: string) => KnownSession | null
}

/** A session over its whole life, without its labels. Amounts are decimal text in picodollars. */
export interface KnownSession {
  readonly usd: string
  readonly uncertain: number
  /** Instants of its first and newest line; null before any is dated. */
  readonly first: number | null
  readonly last: number | null
  /** What the narrowed session budgets see of it. */
  readonly scopes: readonly KnownScope[]
}

export type KnownScope = readonly [budget: number, records: number, usd: string, uncertain: number]

/** The instant of a line, or null where none is dated: plain JSON knows no infinity. */
export function datedOrNull(instant: number): number | null {
  return Number.isFinite(instant) ? instant : null
}
