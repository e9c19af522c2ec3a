/** Two of these still fit into 64 bits: no sum of a cell and one record can wrap around. */
const SPILL = 2n ** 62n

/**
 * A growing column of exact amounts. V8 adds 64-bit integers that stay in a typed array without making an object
 * for each; what does not fit (more than four million dollars in one cell) is kept aside.
 */
export class AmountColumn {
  #amounts = new BigInt64Array(64)
  #length = 0
  #spilled: Map<number, bigint> | null = null

  get length(): number {
    return this.#length
  }

  push(): void {
    if (this.#length === this.#amounts.length) {
      const larger = new BigInt64Array(this.#length * 2)
      larger.set(this.#amounts)
      this.#amounts = larger
    }
    this.#length++
  }

  /** Adds at most 2^62 picodollars, about four million dollars, up or down. */
  add(row: number, amount: bigint): void {
    const sum = BigInt.asIntN(64, this.#amounts[row]! + amount)
    if (sum < SPILL && sum > -SPILL) this.#amounts[row] = sum
    else this.#spill(row, sum)
  }

  at(row: number): bigint {
    const amount = this.#amounts[row]!
    return this.#spilled === null ? amount : amount + (this.#spilled.get(row) ?? 0n)
  }

  #spill(row: number, sum: bigint): void {
    this.#spilled ??= new Map()
    this.#spilled.set(row, (this.#spilled.get(row) ?? 0n) + sum)
    this.#amounts[row] = 0n
  }
}
