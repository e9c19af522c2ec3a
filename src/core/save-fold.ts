import type { Budget } from './budget.ts'
import { UNDATED } from './cells.ts'
import type { Fold } from './fold.ts'
import { type Group, type Groups, matchesScope } from './groups.ts'
import { type KnownScope, datedOrNull } from './known-ledger.ts'
import type { Rollup } from './rollup.ts'
import {
  CELL_COUNTS,
  type SavedCell,
  type SavedFold,
  type SavedMinute,
  type SavedSession,
  type SavedSessionSum,
} from './saved-fold.ts'

/** A ledger with more of these is not worth a cache that has to hold them all. */
const MOST_ROWS = 50_000

/** The day of saving, and its first instant: later answers are about it or later days. */
export interface Today {
  readonly day: number
  readonly start: number
  /** From which day on answers of this day look at single days. */
  readonly detailFrom: number
}

/** Null when the fold cannot be made small. `kept` are the sessions that stay with it, as rows. */
export function saveFold(
  { rollup, findings }: Fold,
  budgets: readonly Budget[],
  today: Today,
  kept: readonly number[],
  mostRows = MOST_ROWS,
): SavedFold | null {
  const groups = new GroupNumbers(rollup.groups)
  const kinds = new Kinds(rollup.groups, budgets)
  const cells = savedCells(rollup, today, groups, kinds)
  const minutes = savedMinutes(rollup, groups, kinds)
  if (cells.length + minutes.length + kept.length + findings.ahead.length > mostRows) return null
  const numbers = new Map(kept.map((row, number) => [row, number]))
  const sessions = kept.map((row) => savedSession(rollup, row, groups))
  return {
    detailFrom: today.detailFrom,
    groups: groups.all,
    cells,
    sessions,
    sessionDays: savedSessionDays(rollup, today.day, numbers),
    newestOfDays: savedNewest(rollup, today.day, numbers),
    minutes,
    findings: findings.parts(),
  }
}

/** Sessions that answers about `today` or a later day can name without a further line; all others go into the index. */
export function keptSessions(rollup: Rollup, { day, start }: Today): readonly number[] {
  const { sessions, sessionDays } = rollup
  const kept = new Set<number>()
  for (let row = 0; row < sessionDays.size; row++) {
    if (sessionDays.other[row]! >= day) kept.add(sessionDays.session[row]!)
  }
  for (const [newestDay, { session }] of rollup.parts().newestOfDay) {
    if (newestDay >= day) kept.add(session)
  }
  for (let row = 0; row < sessions.size; row++) if (sessions.last[row]! >= start) kept.add(row)
  // The index holds numbers only.
  for (const row of sessions.parts().usd.beyond.keys()) kept.add(row)
  return [...kept]
}

function savedSession(rollup: Rollup, row: number, groups: GroupNumbers): SavedSession {
  const { sessions } = rollup
  return {
    id: sessions.id.at(row),
    usd: String(sessions.usd.at(row)),
    uncertain: sessions.uncertain[row]!,
    first: datedOrNull(sessions.first[row]!),
    last: datedOrNull(sessions.last[row]!),
    group: groups.of(sessions.newestGroup[row]!),
    scopes: knownScopes(rollup, row),
  }
}

/** Numbers the groups that are really needed. */
class GroupNumbers {
  readonly all: Group[] = []
  readonly #groups: Groups
  readonly #numbers = new Map<number, number>()

  constructor(groups: Groups) {
    this.#groups = groups
  }

  of(group: number): number {
    const known = this.#numbers.get(group)
    if (known !== undefined) return known
    this.#numbers.set(group, this.all.length)
    return this.all.push(this.#groups.at(group)) - 1
  }
}

/** Tells which budgets see a group: groups of one kind need not be told apart. */
class Kinds {
  readonly #groups: Groups
  readonly #budgets: readonly Budget[]
  readonly #kinds = new Map<number, string>()

  constructor(groups: Groups, budgets: readonly Budget[]) {
    this.#groups = groups
    this.#budgets = budgets
  }

  of(group: number): string {
    const labels = this.#groups.at(group)
    const kind =
      this.#kinds.get(group) ??
      this.#budgets.map(({ scope }) => (matchesScope(scope, labels) ? 1 : 0)).join('')
    this.#kinds.set(group, kind)
    return kind
  }
}

/** Cells that no budget tells apart become one, under the group of the first of them; today also models do. */
function savedCells(
  rollup: Rollup,
  { day: today, detailFrom }: Today,
  groups: GroupNumbers,
  kinds: Kinds,
): SavedCell[] {
  const { cells } = rollup
  const sums = new Map<string, { day: number; group: number; usd: bigint; counts: number[] }>()
  for (let row = 0; row < cells.size; row++) {
    const group = cells.group[row]!
    const day = cells.day[row]!
    const seenDay = day === UNDATED ? UNDATED : Math.max(day, detailFrom - 1)
    // Of an undated cell more than its sums matters, and unpriced models are named one by one.
    // Where a record was taken out and another put in, only their tokens may differ.
    const isUnpriced = cells.unpricedRecords[row] !== 0 || cells.unpricedTokens[row] !== 0
    const named = day >= today || isUnpriced ? rollup.groups.at(group).model : ''
    const kind = day === UNDATED ? `${row}` : `${kinds.of(group)}${named}`
    const key = `${seenDay}\0${kind}`
    let sum = sums.get(key)
    if (sum === undefined) {
      sum = { day: seenDay, group, usd: 0n, counts: new Array<number>(8).fill(0) }
      sums.set(key, sum)
    }
    sum.usd += cells.usd.at(row)
    const { counts } = sum
    CELL_COUNTS.forEach((column, nth) => (counts[nth]! += cells[column][row]!))
  }
  return [...sums.values()].map(({ day, group, usd, counts }) => {
    const [records, input, output, cacheRead, cacheWrite, unpriced, tokens, rejected] = counts as Eight
    const number = groups.of(group)
    return [
      day,
      number,
      records,
      String(usd),
      input,
      output,
      cacheRead,
      cacheWrite,
      unpriced,
      tokens,
      rejected,
    ]
  })
}

type Eight = [number, number, number, number, number, number, number, number]

/** Minutes are told apart as cells of earlier days are. */
function savedMinutes({ minutes }: Rollup, groups: GroupNumbers, kinds: Kinds): SavedMinute[] {
  const sums = new Map<string, { minute: number; group: number; usd: bigint }>()
  for (const [minute, group, usd] of minutes.sums()) {
    const key = `${minute} ${kinds.of(group)}`
    const sum = sums.get(key) ?? { minute, group, usd: 0n }
    sum.usd += usd
    sums.set(key, sum)
  }
  return [...sums.values()]
    .filter(({ usd }) => usd !== 0n)
    .map(({ minute, group, usd }) => [minute, groups.of(group), String(usd)])
}

function savedSessionDays(
  { sessionDays }: Rollup,
  today: number,
  numbers: ReadonlyMap<number, number>,
): SavedSessionSum[] {
  const { size, session, other, records, usd, uncertain } = sessionDays
  return rowsOf(size)
    .filter((row) => other[row]! >= today)
    .map((row) => [
      numbers.get(session[row]!)!,
      other[row]!,
      records[row]!,
      String(usd.at(row)),
      uncertain[row]!,
    ])
}

export function knownScopes({ sessionScopes, sessionBudgets }: Rollup, session: number): KnownScope[] {
  const { records, usd, uncertain } = sessionScopes
  return sessionBudgets.flatMap((_, budget) => {
    const row = sessionScopes.find(session, budget)
    return row < 0 ? [] : [[budget, records[row]!, String(usd.at(row)), uncertain[row]!] as const]
  })
}

function savedNewest(rollup: Rollup, today: number, numbers: ReadonlyMap<number, number>) {
  return [...rollup.parts().newestOfDay].flatMap(([day, { timestamp, session }]) =>
    day < today ? [] : [[day, timestamp, numbers.get(session)!] as const],
  )
}

function rowsOf(size: number): number[] {
  return Array.from({ length: size }, (_, row) => row)
}
