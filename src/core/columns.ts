/** Two of these still fit into 64 bits: no sum of a cell and one record can wrap around. */
const MOST = 2n ** 62n
const LEAST = -MOST

const FIRST_ROWS = 64

/** A column of numbers that grows by `withRoom`. Typed, because a grown plain array leaves its old self to the GC. */
export function numberColumn(): Float64Array {
  return new Float64Array(FIRST_ROWS)
}

/** As `numberColumn`, for whole numbers below 2^31. */
export function smallColumn(): Int32Array {
  return new Int32Array(FIRST_ROWS)
}

/** The column itself while it has room for `row`, else a copy that has. */
export function withRoom<Column extends Float64Array | Int32Array>(column: Column, row: number): Column {
  if (row < column.length) return column
  let length = column.length * 2
  while (length <= row) length *= 2
  return enlarged(column, length) as Column
}

function enlarged(column: Float64Array | Int32Array, length: number): typeof column {
  const larger = column instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)
  larger.set(column)
  return larger
}

/**
 * A growing column of exact amounts. V8 adds 64-bit integers that stay in a typed array without making an object
 * for each; what does not fit (more than four million dollars in one cell) is kept aside.
 */
export class AmountColumn {
  #amounts = new BigInt64Array(FIRST_ROWS)
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
    if (sum < MOST && sum > LEAST) this.#amounts[row] = sum
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
