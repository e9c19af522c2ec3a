import type { UsageLine } from './usage-lines.ts'

/** What a ledger adds up to, known from how it was made. */
export class Truth {
  records = 0
  readonly #microdollarsOf = new Map<string, number>()

  add({ day, microdollars }: UsageLine): void {
    this.records++
    this.#microdollarsOf.set(day, (this.#microdollarsOf.get(day) ?? 0) + microdollars)
  }

  /** Microdollars of the days in [`first`, `next`), both `2025-12-15`. */
  spent(first: string, next: string): number {
    return [...this.#microdollarsOf]
      .filter(([day]) => day >= first && day < next)
      .reduce((sum, [, microdollars]) => sum + microdollars, 0)
  }

  /** What lies beside the ledger, to look things up by hand. */
  toJSON() {
    return { records: this.records, microdollars_by_day: Object.fromEntries(this.#microdollarsOf) }
  }
}
