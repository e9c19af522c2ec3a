import type { Calendar } from '../core/calendar.ts'
import type { Scope } from '../core/budget.ts'
import { UNDATED } from '../core/cells.ts'
import { type Group, type Groups, matchesScope } from '../core/groups.ts'
import type { SessionCells } from '../core/session-cells.ts'
import type { Sessions } from '../core/sessions.ts'
import type { DaySpan } from './day-span.ts'

/** All that was used, as a fold keeps it for reports. */
export interface Usage {
  readonly cells: SessionCells
  readonly groups: Pick<Groups, 'at'>
  readonly sessions: Sessions
  readonly calendar: Calendar
}

/** Which records count: every label that is named must match its pattern, and the session must be this one. */
export interface Filter {
  readonly scope: Scope
  /** A whole session id; null for all of them. */
  readonly session: string | null
}

export const EVERYTHING: Filter = { scope: {}, session: null }

/** The part of all usage that a question is about. */
export interface Selection {
  readonly usage: Usage
  readonly span: DaySpan
  /** Rows of `usage.cells.cells`. */
  readonly rows: readonly number[]
  /** Records of no known instant, which may belong to the span: they add no amount, but the truth may be more. */
  readonly undated: number
}

/** Selects the usage of some days. Looks at each cell once. */
export function select(usage: Usage, span: DaySpan, filter: Filter): Selection {
  const { cells, sessionOf, groupOf } = bound(usage.cells)
  const isWanted = wantedBy(usage, filter)
  const rows: number[] = []
  let undated = 0
  for (let row = 0; row < cells.size; row++) {
    const day = cells.day[row]!
    const isInside = day >= span.first && day < span.next
    if ((!isInside && day !== UNDATED) || !isWanted(sessionOf(row), groupOf(row))) continue
    if (isInside) rows.push(row)
    // What costs nothing for sure cannot make the truth more.
    else undated += doubtsOf(usage, row)
  }
  return { usage, span, rows, undated }
}

/** The labels of a row. */
export function labelsOf({ cells, groups }: Usage, row: number): Group {
  return groups.at(cells.groupOf(row))
}

/** One label of any row, quickly: there are many rows, and few groups to look it up in. */
export function labelByRow({ cells, groups }: Usage, label: keyof Group): (row: number) => string {
  const labels: string[] = []
  return (row) => {
    const group = cells.groupOf(row)
    return (labels[group] ??= groups.at(group)[label])
  }
}

/** The first day of the selection on which there is anything; null when there is none. */
export function firstDay({ usage: { cells }, rows }: Selection): number | null {
  let first = Infinity
  for (const row of rows) {
    const day = cells.cells.day[row]!
    if (day !== UNDATED && day < first) first = day
  }
  return first === Infinity ? null : first
}

/** The last one. */
export function lastDay({ usage: { cells }, rows }: Selection): number | null {
  let last = -Infinity
  for (const row of rows) last = Math.max(last, cells.cells.day[row]!)
  return last <= UNDATED ? null : last
}

/** Of an undated row: all records that cost something or may. */
function doubtsOf({ cells: { cells } }: Usage, row: number): number {
  const uncertain = cells.unpricedRecords[row]! + cells.rejected[row]!
  return cells.usd.at(row) === 0n ? uncertain : cells.records[row]! + cells.rejected[row]!
}

function bound(cells: SessionCells) {
  return {
    cells: cells.cells,
    sessionOf: (row: number) => cells.sessionOf(row),
    groupOf: (row: number) => cells.groupOf(row),
  }
}

function wantedBy(
  { groups, sessions }: Usage,
  { scope, session }: Filter,
): (session: number, group: number) => boolean {
  const known = new Map<number, boolean>()
  const matches = (group: number): boolean => {
    const before = known.get(group)
    if (before !== undefined) return before
    const is = matchesScope(scope, groups.at(group))
    known.set(group, is)
    return is
  }
  const isAll = Object.keys(scope).length === 0
  const isSession = (row: number): boolean => session === null || (row >= 0 && sessions.id.is(row, session))
  return (row, group) => (isAll || matches(group)) && isSession(row)
}
