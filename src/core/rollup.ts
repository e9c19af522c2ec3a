import type { Budget } from './budget.ts'
import { type CellParts, Cells, UNDATED } from './cells.ts'
import type { Amount } from './columns.ts'
import { type Group, Groups, matchesScope } from './groups.ts'
import { type UsageRecord, UNKNOWN } from './record.ts'
import type { KnownSession } from './known-ledger.ts'
import { type MinuteSum, MinuteSums, minuteOf } from './minute-sums.ts'
import { type SessionCellOptions, SessionCells } from './session-cells.ts'
import { type SessionSumParts, SessionSums } from './session-sums.ts'
import { type SessionParts, Sessions } from './sessions.ts'

export interface RollupOptions {
  /** The civil day of an instant. */
  readonly dayOf: (instant: number) => number
  /** From this day on every label is kept; earlier days are told apart by model only, to bound memory. */
  readonly detailFrom: number
  /** The per-session budgets that are narrowed by a scope: their sums cannot be had from whole sessions. */
  readonly sessionBudgets: readonly Budget[]
  /** What is known of a session from lines that this rollup has not seen; null for none. Absent when it sees all. */
  readonly knownSession?: ((id: string) => KnownSession | null) | undefined
  /** Which sums by session and labels are kept, of which reports are made; null or absent for none. */
  readonly sessionCells?: SessionCellOptions | null | undefined
}

/** What a `Rollup` holds, as data that another thread can be handed. */
export interface RollupParts {
  readonly groups: readonly Group[]
  readonly cells: CellParts
  readonly sessions: SessionParts
  readonly sessionDays: SessionSumParts
  readonly sessionScopes: SessionSumParts
  readonly sessionCells: CellParts | null
  readonly minutes: readonly MinuteSum[]
  readonly newestOfDay: ReadonlyMap<number, NewestLine>
}

/** The instant of a day's newest line, and its session. */
interface NewestLine {
  timestamp: number
  session: number
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
  /** Sessions by civil day and labels; null when nobody wants them. */
  readonly sessionCells: SessionCells | null
  /** None before it is told the clock. */
  readonly minutes = new MinuteSums()

  readonly #options: RollupOptions
  /** Reused for each record: a million short-lived objects would cost more than the sums. */
  readonly #place: Place = { day: 0, group: 0, labels: 0, session: 0 }
  readonly #newestOfDay = new Map<number, NewestLine>()
  readonly #budgetsOfGroup: (readonly number[])[] = []
  #changes = 0

  constructor(options: RollupOptions) {
    this.#options = options
    const { sessionCells } = options
    this.sessionCells = sessionCells ? new SessionCells(sessionCells, this.groups) : null
  }

  /** How often lines were counted, taken out or absorbed: as long as it stays the same, so does every sum. */
  get changes(): number {
    return this.#changes
  }

  get sessionBudgets(): readonly Budget[] {
    return this.#options.sessionBudgets
  }

  get detailFrom(): number {
    return this.#options.detailFrom
  }

  /** Counts a new record, which is also a line of its session. */
  enter(record: UsageRecord, cost: Amount | null): void {
    this.#changes++
    const place = this.#placeOf(record)
    this.#touch(record, place)
    this.#add(record, place, cost, 1)
  }

  /** Counts a record in (`sign` 1) or takes it out again (-1). `cost` is null when the record is unpriced. */
  add(record: UsageRecord, cost: Amount | null, sign: 1 | -1): void {
    this.#changes++
    this.#add(record, this.#placeOf(record), cost, sign)
  }

  /** Notes a line of a session that changes no sum: it may still be the newest. */
  touch(record: UsageRecord): void {
    this.#changes++
    this.#touch(record, this.#placeOf(record))
  }

  /** Notes a record that was refused: its spend is unknown, and matters where it happened. */
  reject(record: UsageRecord): void {
    this.#changes++
    const place = this.#placeOf(record)
    this.#touch(record, place)
    const row = this.cells.row(place.day, place.group)
    this.cells.rejected[row]!++
    const { sessionCells } = this
    const fine = sessionCells?.rowFor(place.day, place.labels, place.session) ?? -1
    if (sessionCells !== null && fine >= 0) sessionCells.cells.rejected[fine]!++
    if (place.session >= 0) this.#addToSession(record, place, 0, 1, 1)
  }

  /** The session of a day's newest line, the later one in the ledger among equals; -1 before any. */
  newestSession(day: number): number {
    return this.#newestOfDay.get(day)?.session ?? -1
  }

  /** Makes room for so many more sessions. */
  expect(sessions: number): void {
    this.sessions.expect(this.sessions.size + sessions)
    this.sessionCells?.expect(this.sessions.size + sessions)
  }

  /** What it holds; whoever changes that afterwards changes the rollup. */
  parts(): RollupParts {
    return {
      groups: this.groups.parts(),
      cells: this.cells.parts(),
      sessions: this.sessions.parts(),
      sessionDays: this.sessionDays.parts(),
      sessionScopes: this.sessionScopes.parts(),
      sessionCells: this.sessionCells?.cells.parts() ?? null,
      minutes: this.minutes.sums(),
      newestOfDay: this.#newestOfDay,
    }
  }

  /** Adds a rollup of lines that come later in the ledger, made under the same options. */
  absorb(later: RollupParts): void {
    this.#changes++
    const groups = this.groups.absorb(later.groups)
    this.cells.absorb(later.cells, groups)
    const sessions = this.sessions.absorb(later.sessions, groups)
    this.sessionDays.absorb(later.sessionDays, sessions)
    this.sessionScopes.absorb(later.sessionScopes, sessions)
    if (later.sessionCells !== null) this.sessionCells?.cells.absorb(later.sessionCells, groups, sessions)
    this.minutes.absorb(later.minutes, groups)
    for (const [day, { timestamp, session }] of later.newestOfDay) {
      this.noteNewest(day, timestamp, sessions[session]!)
    }
  }

  #placeOf(record: UsageRecord): Place {
    const place = this.#place
    place.day = record.timestamp === null ? UNDATED : this.#options.dayOf(record.timestamp)
    place.group = this.#isDetailed(place.day) ? this.groups.of(record) : this.groups.ofModel(record.model)
    place.labels = this.sessionCells === null ? place.group : this.sessionCells.groupFor(record)
    place.session = record.sessionId === UNKNOWN ? -1 : this.#sessionRow(record.sessionId)
    return place
  }

  /** Gives a new row of a session what was known of it before; `group` is that of its newest line. */
  recall(row: number, { usd, uncertain, first, last, scopes }: KnownSession, group: number): void {
    this.sessions.usd.add(row, BigInt(usd))
    this.sessions.uncertain[row]! += uncertain
    if (first !== null) this.sessions.touch(row, first, group)
    if (last !== null) this.sessions.touch(row, last, group)
    for (const [budget, records, amount, unsure] of scopes) {
      this.sessionScopes.add(row, budget, records, BigInt(amount), unsure)
    }
  }

  #sessionRow(id: string): number {
    const { size } = this.sessions
    const row = this.sessions.row(id)
    if (row === size) this.#recall(id, row)
    return row
  }

  /** Gives a session that is new here what was known of it before. */
  #recall(id: string, row: number): void {
    const known = this.#options.knownSession?.(id)
    // Its labels are of no use: whoever asks for them has a newer line.
    if (known !== undefined && known !== null) this.recall(row, known, 0)
  }

  #isDetailed(day: number): boolean {
    return day >= this.#options.detailFrom || day === UNDATED
  }

  #touch({ timestamp }: UsageRecord, { day, group, labels, session }: Place): void {
    if (session < 0 || timestamp === null) return
    const isDetailed = this.#isDetailed(day)
    // A report names the project of a session however long ago it was used.
    this.sessions.touch(session, timestamp, isDetailed ? group : labels)
    if (isDetailed) this.noteNewest(day, timestamp, session)
  }

  /** Notes a line that may be the newest of its day. */
  noteNewest(day: number, timestamp: number, session: number): void {
    const newest = this.#newestOfDay.get(day)
    if (newest === undefined) this.#newestOfDay.set(day, { timestamp, session })
    else if (timestamp >= newest.timestamp) {
      newest.timestamp = timestamp
      newest.session = session
    }
  }

  #add(record: UsageRecord, place: Place, cost: Amount | null, sign: 1 | -1): void {
    const usd = cost === null ? 0 : sign === 1 ? cost : -cost
    this.cells.add(this.cells.row(place.day, place.group), record, cost, sign)
    if (this.sessionCells !== null) {
      const fine = this.sessionCells.rowFor(place.day, place.labels, place.session)
      if (fine >= 0) this.sessionCells.cells.add(fine, record, cost, sign)
    }
    if (place.session >= 0) this.#addToSession(record, place, usd, cost === null ? sign : 0, sign)
    const { timestamp } = record
    if (timestamp !== null && timestamp >= this.minutes.from) {
      this.minutes.add(minuteOf(timestamp), place.group, BigInt(usd))
    }
  }

  #addToSession(record: UsageRecord, place: Place, usd: Amount, uncertain: number, sign: number): void {
    const { day, session } = place
    this.sessions.usd.add(session, usd)
    this.sessions.uncertain[session]! += uncertain
    if (day >= this.#options.detailFrom) this.sessionDays.add(session, day, sign, usd, uncertain)
    for (const budget of this.#budgetsOf(record, place)) {
      this.sessionScopes.add(session, budget, sign, usd, uncertain)
    }
  }

  /** Which session budgets see a record. */
  #budgetsOf(record: UsageRecord, place: Place): readonly number[] {
    const budgets = this.#options.sessionBudgets
    if (budgets.length === 0) return NO_BUDGETS
    const group = this.#isDetailed(place.day) ? place.group : this.groups.of(record)
    return (this.#budgetsOfGroup[group] ??= budgets.flatMap(({ scope }, index) =>
      matchesScope(scope, this.groups.at(group)) ? [index] : [],
    ))
  }
}

/**
 * Where a record belongs: its day, the group of its cell, that of the labels which reports tell apart, and its session's
 * row (-1 when it names none).
 */
interface Place {
  day: number
  group: number
  labels: number
  session: number
}

const NO_BUDGETS: readonly number[] = []
