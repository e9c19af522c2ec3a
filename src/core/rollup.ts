import type { Budget } from './budget.ts'
import { Cells, UNDATED } from './cells.ts'
import { Groups, matchesScope } from './groups.ts'
import type { Money } from './money.ts'
import { type UsageRecord, UNKNOWN, totalTokens } from './record.ts'
import { SessionSums, Sessions } from './sessions.ts'

export interface RollupOptions {
  /** The civil day of an instant. */
  readonly dayOf: (instant: number) => number
  /** From this day on every label is kept; earlier days are told apart by model only, to bound memory. */
  readonly detailFrom: number
  /** The per-session budgets that are narrowed by a scope: their sums cannot be had from whole sessions. */
  readonly sessionBudgets: readonly Budget[]
}

/**
 * The fold of all records: cells of day × labels, sessions, and sessions by day. Every total anywhere is a sum of
 * these. Records can be taken out again, because a second line of the same record replaces the first.
 */
export class Rollup {
  readonly groups = new Groups()
  readonly cells = new Cells()
  readonly sessions = new Sessions()
  /** Sessions by civil day, from `detailFrom` on. */
  readonly sessionDays = new SessionSums()
  /** Sessions by index into `sessionBudgets`. */
  readonly sessionScopes = new SessionSums()

  readonly #options: RollupOptions
  readonly #budgetsOfGroup: (readonly number[])[] = []

  constructor(options: RollupOptions) {
    this.#options = options
  }

  get sessionBudgets(): readonly Budget[] {
    return this.#options.sessionBudgets
  }

  get detailFrom(): number {
    return this.#options.detailFrom
  }

  /** Counts a record in (`sign` 1) or takes it out again (-1). `cost` is null when the record is unpriced. */
  add(record: UsageRecord, cost: Money | null, sign: 1 | -1): void {
    const day = this.#dayOf(record)
    const group = this.groups.of(record)
    const usd = cost === null ? 0n : sign === 1 ? cost : -cost
    const uncertain = cost === null ? sign : 0
    this.#addToCell(record, day, group, usd, uncertain, sign)
    if (record.sessionId !== UNKNOWN) this.#addToSession(record, day, group, usd, uncertain, sign)
  }

  /** Notes a line of a session, whether or not it changed a sum. */
  touch(record: UsageRecord): void {
    if (record.sessionId === UNKNOWN || record.timestamp === null) return
    const session = this.sessions.row(record.sessionId)
    this.sessions.touch(session, record.timestamp, this.groups.of(record))
    const day = this.#dayOf(record)
    if (day < this.#options.detailFrom) return
    const row = this.sessionDays.row(session, day)
    if (record.timestamp > this.sessionDays.last[row]!) this.sessionDays.last[row] = record.timestamp
  }

  /** Notes a record that was refused: its spend is unknown, and matters where it happened. */
  reject(record: UsageRecord): void {
    const day = this.#dayOf(record)
    const group = this.groups.of(record)
    const row = this.cells.row(day, this.#kept(day, group))
    this.cells.rejected[row]!++
    if (record.sessionId !== UNKNOWN) this.#addToSession(record, day, group, 0n, 1, 1)
  }

  #addToCell(
    record: UsageRecord,
    day: number,
    group: number,
    usd: bigint,
    uncertain: number,
    sign: number,
  ): void {
    const cells = this.cells
    const row = cells.row(day, this.#kept(day, group))
    cells.records[row]! += sign
    if (usd !== 0n) cells.usd[row]! += usd
    cells.inputTokens[row]! += sign * record.inputTokens
    cells.outputTokens[row]! += sign * record.outputTokens
    cells.cacheReadTokens[row]! += sign * record.cacheReadTokens
    cells.cacheWriteTokens[row]! += sign * record.cacheWriteTokens
    if (uncertain !== 0) {
      cells.unpricedRecords[row]! += uncertain
      cells.unpricedTokens[row]! += sign * totalTokens(record)
    }
  }

  #addToSession(
    record: UsageRecord,
    day: number,
    group: number,
    usd: bigint,
    uncertain: number,
    sign: number,
  ): void {
    const session = this.sessions.row(record.sessionId)
    this.sessions.usd[session]! += usd
    this.sessions.uncertain[session]! += uncertain
    if (day >= this.#options.detailFrom) addTo(this.sessionDays, session, day, usd, uncertain, sign)
    for (const budget of this.#budgetsOf(group)) {
      addTo(this.sessionScopes, session, budget, usd, uncertain, sign)
    }
  }

  /** Which session budgets see a group. */
  #budgetsOf(group: number): readonly number[] {
    const budgets = this.#options.sessionBudgets
    if (budgets.length === 0) return NO_BUDGETS
    return (this.#budgetsOfGroup[group] ??= budgets.flatMap(({ scope }, index) =>
      matchesScope(scope, this.groups.at(group)) ? [index] : [],
    ))
  }

  #kept(day: number, group: number): number {
    return day >= this.#options.detailFrom || day === UNDATED ? group : this.groups.modelOnly(group)
  }

  #dayOf(record: UsageRecord): number {
    return record.timestamp === null ? UNDATED : this.#options.dayOf(record.timestamp)
  }
}

const NO_BUDGETS: readonly number[] = []

function addTo(
  sums: SessionSums,
  session: number,
  other: number,
  usd: bigint,
  uncertain: number,
  sign: number,
): void {
  const row = sums.row(session, other)
  sums.records[row]! += sign
  sums.usd[row]! += usd
  sums.uncertain[row]! += uncertain
}
