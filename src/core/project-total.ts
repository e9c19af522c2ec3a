import { AmountSum } from './columns.ts'
import { type Money, picodollarsOf } from './money.ts'
import type { Rollup } from './rollup.ts'

/** What a project has cost since its first record; a lower bound where something of it has no price. */
export interface ProjectTotal {
  readonly usd: Money
  readonly lowerBound: boolean
}

/** Adds up a rollup of the whole ledger for one project. */
export function projectTotal(
  { cells, groups }: Pick<Rollup, 'cells' | 'groups'>,
  project: string,
): ProjectTotal {
  const usd = new AmountSum()
  let uncertain = 0
  for (let row = 0; row < cells.size; row++) {
    if (groups.at(cells.group[row]!).project !== project) continue
    usd.add(cells.usd.amountAt(row))
    uncertain += cells.unpricedRecords[row]! + cells.rejected[row]!
  }
  return { usd: picodollarsOf(usd.whole), lowerBound: uncertain > 0 }
}
