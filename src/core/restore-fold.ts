import type { Fold } from './fold.ts'
import type { Rollup } from './rollup.ts'
import { CELL_COUNTS, type SavedCell, type SavedFold } from './saved-fold.ts'

/** Lines that were saved are counted from the beginning. */
const FIRST_LINE = { name: '', lines: 0 }

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
  for (const [minute, group, usd] of saved.minutes) {
    rollup.minutes.add(minute, groups[group]!, BigInt(usd))
  }
  findings.absorb(saved.findings, FIRST_LINE)
}

function restoreCell(rollup: Rollup, cell: SavedCell, groups: readonly number[]): void {
  const [day, group, records, usd, input, output, cacheRead, cacheWrite, unpriced, tokens, rejected] = cell
  const { cells } = rollup
  const row = cells.row(day, groups[group]!)
  cells.usd.add(row, BigInt(usd))
  const counts = [records, input, output, cacheRead, cacheWrite, unpriced, tokens, rejected]
  CELL_COUNTS.forEach((column, nth) => (cells[column][row]! += counts[nth]!))
}
