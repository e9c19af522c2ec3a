import type { Budget } from './budget.ts'
import { UNDATED } from './cells.ts'
import type { LineProblem } from './findings.ts'
import type { Fold } from './fold.ts'
import { type Group, type Groups, matchesScope } from './groups.ts'
import type { KnownScope, KnownSession } from './known-ledger.ts'
import type { Rollup } from './rollup.ts'

/**
 * What is left of a fold when all that no budget can tell apart has been added up: enough to judge every budget now
 * and on any later day, and small however long the ledger is. Plain JSON; amounts are decimal text in picodollars.
 */
export interface SavedFold {
  /** Days before this one are one day. */
  readonly detailFrom: number
  readonly groups: readonly Group[]
  readonly cells: readonly SavedCell[]
  /** Those that a budget may still judge today; all others are in the index of sessions. */
  readonly sessions: readonly SavedSession[]
  /** Sums by session and day, and the newest line of a day, from the day of saving on. */
  readonly sessionDays: readonly SavedSessionSum[]
  readonly newestOfDays: readonly (readonly [day: number, timestamp: number, session: number])[]
  readonly findings: SavedFindings
}

/** Day, group, records, picodollars, tokens (input, output, cache read, cache write), unpriced records and tokens, rejected. */
export type SavedCell = readonly [
  day: number,
  group: number,
  records: number,
  usd: string,
  inputTokens: number,
  outputTokens: number,
  cacheReadTokens: number,
  cacheWriteTokens: number,
  unpricedRecords: number,
  unpricedTokens: number,
  rejected: number,
]

export interface SavedSession extends KnownSession {
  readonly id: string
  /** Of the newest line, as a number into `groups`. */
  readonly group: number
}

export type SavedSessionSum = readonly [
  session: number,
  day: number,
  records: number,
  usd: string,
  uncertain: number,
]

export interface SavedFindings {
  readonly badLines: number
  readonly rejected: number
  readonly undated: number
  readonly anonymous: number
  readonly problems: readonly LineProblem[]
  readonly ahead: readonly number[]
}

/** A ledger with more of these is not worth a cache that has to hold them all. */
const MOST_ROWS = 50_000

/** The day of saving, and its first instant: later answers are about it or later days. */
export interface Today {
  readonly day: number
  readonly start: number
  /** From which day on answers of this day look at single days. */
  readonly detailFrom: number
}

/**
 * Null when the fold cannot be made small. A `restored` fold knows of no session but those that were saved or came
 * again since, and all of them are kept.
 */
export function saveFold(
  fold: Fold,
  budgets: readonly Budget[],
  today: Today,
  restored: boolean,
  mostRows = MOST_ROWS,
): SavedFold | null {
  const { rollup, findings } = fold
  const groups = new GroupNumbers(rollup.groups)
  const cells = savedCells(rollup, budgets, today, groups)
  const kept = restored ? rowsOf(rollup.sessions.size) : keptSessions(rollup, today)
  const numbers = new Map(kept.map((row, number) => [row, number]))
  const sessions = kept.map((row) => savedSession(rollup, row, groups))
  const sessionDays = savedSessionDays(rollup, today.day, numbers)
  const rows = cells.length + sessions.length + findings.ahead.length
  if (rows > mostRows) return null
  const { badLines, rejected, undated, anonymous, problems, ahead } = findings
  return {
    detailFrom: today.detailFrom,
    groups: groups.all,
    cells,
    sessions,
    sessionDays,
    newestOfDays: savedNewest(rollup, today.day, numbers),
    findings: { badLines, rejected, undated, anonymous, problems, ahead },
  }
}

/** The sessions that are not saved with the fold, for the index beside it. */
export function otherSessions(rollup: Rollup, today: Today): Int32Array {
  const kept = new Set(keptSessions(rollup, today))
  return Int32Array.from({ length: rollup.sessions.size }, (_, row) => row).filter((row) => !kept.has(row))
}

function savedSession(rollup: Rollup, row: number, groups: GroupNumbers): SavedSession {
  const { sessions } = rollup
  return {
    id: sessions.id.at(row),
    usd: String(sessions.usd.at(row)),
    uncertain: sessions.uncertain[row]!,
    first: finite(sessions.first[row]!),
    last: finite(sessions.last[row]!),
    group: groups.of(sessions.newestGroup[row]!),
    scopes: knownScopes(rollup, row),
  }
}

/**
 * Puts what was saved into a fold that has read nothing. Records of days and sessions that were added up can still be
 * taken out of it: sums do not ask what they are made of.
 */
export function restoreFold(fold: Fold, saved: SavedFold): void {
  const { rollup, findings } = fold
  const groups = rollup.groups.absorb(saved.groups)
  for (const cell of saved.cells) restoreCell(rollup, cell, groups)
  const rows = saved.sessions.map((session) => {
    const row = rollup.sessions.row(session.id)
    rollup.recall(row, session, groups[session.group]!)
    return row
  })
  for (const [session, day, records, usd, uncertain] of saved.sessionDays) {
    rollup.sessionDays.add(rows[session]!, day, records, BigInt(usd), uncertain)
  }
  for (const [day, timestamp, session] of saved.newestOfDays) {
    rollup.noteNewest(day, timestamp, rows[session]!)
  }
  const { problems, ahead, ...counts } = saved.findings
  Object.assign(findings, counts)
  findings.problems.push(...problems)
  findings.ahead.push(...ahead)
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

/** Cells that no budget tells apart become one, under the group of the first of them; today also models do. */
function savedCells(
  rollup: Rollup,
  budgets: readonly Budget[],
  { day: today, detailFrom }: Today,
  groups: GroupNumbers,
): SavedCell[] {
  const { cells } = rollup
  const kinds = new Map<number, string>()
  const sums = new Map<string, { day: number; group: number; usd: bigint; counts: number[] }>()
  for (let row = 0; row < cells.size; row++) {
    const group = cells.group[row]!
    const day = cells.day[row]!
    const seenDay = day === UNDATED ? UNDATED : Math.max(day, detailFrom - 1)
    // Of an undated cell more than its sums matters, and unpriced models are named one by one.
    const named = day >= today || cells.unpricedRecords[row] !== 0 ? rollup.groups.at(group).model : ''
    const kind = day === UNDATED ? `${row}` : `${kindOf(rollup.groups, group, budgets, kinds)}${named}`
    const key = `${seenDay}\0${kind}`
    let sum = sums.get(key)
    if (sum === undefined) {
      sum = { day: seenDay, group, usd: 0n, counts: new Array<number>(8).fill(0) }
      sums.set(key, sum)
    }
    sum.usd += cells.usd.at(row)
    const { counts } = sum
    COUNTS.forEach((column, nth) => (counts[nth]! += cells[column][row]!))
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

const COUNTS = [
  'records',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'unpricedRecords',
  'unpricedTokens',
  'rejected',
] as const

/** Which budgets see a group. */
function kindOf(
  groups: Groups,
  group: number,
  budgets: readonly Budget[],
  known: Map<number, string>,
): string {
  const kind =
    known.get(group) ?? budgets.map(({ scope }) => (matchesScope(scope, groups.at(group)) ? 1 : 0)).join('')
  known.set(group, kind)
  return kind
}

function restoreCell(rollup: Rollup, cell: SavedCell, groups: readonly number[]): void {
  const [day, group, records, usd, input, output, cacheRead, cacheWrite, unpriced, tokens, rejected] = cell
  const { cells } = rollup
  const row = cells.row(day, groups[group]!)
  cells.usd.add(row, BigInt(usd))
  const counts = [records, input, output, cacheRead, cacheWrite, unpriced, tokens, rejected]
  COUNTS.forEach((column, nth) => (cells[column][row]! += counts[nth]!))
}

/** Sessions that answers about `today` or a later day can name without a further line. */
function keptSessions(rollup: Rollup, { day, start }: Today): number[] {
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

function finite(instant: number): number | null {
  return Number.isFinite(instant) ? instant : null
}

function rowsOf(size: number): number[] {
  return Array.from({ length: size }, (_, row) => row)
}
