import type { CostMode } from './cost.ts'
import type { UnpricedModel } from './import-report.ts'
import type { Money } from './money.ts'

/** What came of asking the price table of today about a ledger. */
export interface RepriceReport {
  readonly ledgerPath: string
  readonly dryRun: boolean
  readonly costMode: CostMode
  /** Records that our table priced when they were written, and how many of them cost something else now. */
  readonly priced: number
  readonly repriced: number
  /** What they cost more and less together, both above zero. */
  readonly moreUsd: Money
  readonly lessUsd: Money
  /** Records that were written without a cost and that every answer prices by itself. */
  readonly live: number
  /** Records whose cost somebody typed later: that stays. */
  readonly typed: number
  /** Records that nothing can correct, because they have no id. */
  readonly nameless: number
  /** Models that have no price any more, or never had one. */
  readonly unpriced: readonly UnpricedModel[]
}
