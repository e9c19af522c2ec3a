import type { Fold } from '../../src/core/fold.ts'

/** Everything that a ledger adds up to, in one comparable value. */
export function totalsOf({ rollup, findings }: Fold) {
  const { cells, groups, sessions } = rollup
  const byCell: Record<string, string> = {}
  for (let row = 0; row < cells.size; row++) {
    const records = cells.records[row]!
    if (records === 0 && cells.rejected[row] === 0) continue
    const tokens = [cells.inputTokens[row], cells.outputTokens[row]].join('+')
    const key = `${cells.day[row]} ${groups.at(cells.group[row]!).model}`
    byCell[key] =
      `${records} records, ${cells.usd.at(row)} p$, ${tokens} tokens, ${cells.rejected[row]} rejected`
  }
  const bySession: Record<string, string> = {}
  for (let row = 0; row < sessions.size; row++) {
    const sum = sessions.usd.at(row)
    if (sum !== 0n) bySession[sessions.id.at(row)] = `${sum} p$`
  }
  return { byCell, bySession, undated: findings.undated }
}
