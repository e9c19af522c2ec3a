/** Two of these still fit into 64 bits: no sum of a cell and one record can wrap around. */
const SPILL = 2n ** 62n

const FIRST_ROWS = 64

/** A column of numbers that grows by `withRoom`. Typed, because a grown plain array leaves its old self to the GC. */
export function numberColumn(): Float64Array {
  return new Float64Array(FIRST_ROWS)
}

/** As `numberColumn`, for whole numbers below 2^31. */
export function smallColumn(): Int32Array {
  return new Int32Array(FIRST_ROWS)
}

/** The column itself while it has room for `row`, else a copy of twice its size. */
export function withRoom<Column extends Float64Array | Int32Array | BigInt64Array>(column: Column, row: number): Column {
  if (row < column.length) return column
  const larger = new (column.constructor as new (length: number) => Column)(column.length * 2)
  larger.set(column as never)
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
    this.#amounts = withRoom(this.#amounts, this.#length++)
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
