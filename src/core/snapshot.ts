import { type Budget, isGlobal } from './budget.ts'
import type { Money } from './money.ts'
import type { Periods } from './period.ts'
import type { Quality } from './quality.ts'
import type { Trail } from './trail.ts'

/** What was spent in some period and scope. */
export interface Spend {
  /** The priced part, exact. */
  readonly usd: Money
  /** Records that could not be priced, read or dated: when there are any, the truth is `≥ usd`. */
  readonly uncertain: number
}

/** A session with a record in the current day. */
export interface SessionSpend {
  readonly id: string
  /** Labels of its newest record. */
  readonly project: string
  readonly model: string
  readonly tool: string
  readonly taskType: string
  /** What it cost since it began, on whatever days. */
  readonly whole: Spend
  /** What of that fell in the current day. */
  readonly today: Spend
  /** Epoch milliseconds of its first and newest record. */
  readonly first: number
  readonly last: number
  /** What of the whole a per-session budget sees, by the id of each whose scope it touches; one without a scope sees all. */
  readonly spendByBudget: ReadonlyMap<string, Spend>
}

/** Token counts of one day, for the cache-hit ratio. */
export interface Tokens {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

/** Everything an answer needs, as plain data: no clock, no date library, no ledger. */
export interface Snapshot {
  /** Epoch milliseconds. */
  readonly asOf: number
  /** IANA name. */
  readonly zone: string
  readonly periods: Periods
  /** First instants of the days that follow, up to the end of the longest period. */
  readonly daysToCome: readonly number[]
  /** By budget id; the per-session budgets are in `sessions`. */
  readonly spendByBudget: ReadonlyMap<string, Spend>
  /** Sessions with a record in the current day; most of today's spend first. */
  readonly sessions: readonly SessionSpend[]
  /** The session of the newest record of today; null before the first. */
  readonly currentSessionId: string | null
  /** Records of the current day. */
  readonly records: number
  /** Tokens of the current day. */
  readonly tokens: Tokens
  /** What was spent lately: of everything, which comes first, and of each scope of a budget with a period. */
  readonly trails: readonly Trail[]
  readonly quality: Quality
}

/** cache_read / (input + cache_read); null without input. */
export function cacheHitRatio(tokens: Tokens): number | null {
  const all = tokens.input + tokens.cacheRead
  return all > 0 ? tokens.cacheRead / all : null
}

/** What a per-session budget sees of a session; undefined when nothing of it is in its scope. */
export function spendOf({ whole, spendByBudget }: SessionSpend, budget: Budget): Spend | undefined {
  return isGlobal(budget) ? whole : spendByBudget.get(budget.id)
}

/** Most of today's spend first; equal ones by id, so that rows do not jump. */
export function byTodaysSpend(a: SessionSpend, b: SessionSpend): number {
  return compare(b.today.usd, a.today.usd) || compare(a.id, b.id)
}

function compare<Value extends bigint | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0
}
