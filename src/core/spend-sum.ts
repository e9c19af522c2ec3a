import { type Amount, AmountSum } from './columns.ts'
import { picodollarsOf } from './money.ts'
import type { Spend } from './snapshot.ts'

/** A sum of spends, in picodollars and uncertain records, without a bigint for each of them. */
export class SpendSum {
  readonly #usd = new AmountSum()
  #uncertain = 0

  add(usd: Amount, uncertain: number): void {
    this.#usd.add(usd)
    this.#uncertain += uncertain
  }

  get spend(): Spend {
    return { usd: picodollarsOf(this.#usd.whole), uncertain: this.#uncertain }
  }
}
