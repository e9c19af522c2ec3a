/** An exact amount in picodollars: a number up to 2^52 either way (about $4,500), a bigint beyond. */
export type Amount = number | bigint

/** The sum of two of these is still exact in a double. */
export const LARGEST_NUMBER = 2 ** 52

/** The amount as a number, where a number holds it: else, and for none, NaN. Debts are left to bigints. */
export function numberOf(amount: bigint | null): number {
  return amount !== null && amount >= 0n && amount <= LARGEST_NUMBER ? Number(amount) : NaN
}

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

/** Adds a column to another, in which its rows have these places. */
export function addColumn<Column extends Float64Array | Int32Array>(
  column: Column,
  other: Column,
  rows: Int32Array,
): void {
  for (let from = 0; from < rows.length; from++) column[rows[from]!]! += other[from]!
}

/** What an `AmountColumn` holds, as data that another thread can be handed. */
export interface AmountParts {
  readonly amounts: Float64Array
  readonly beyond: ReadonlyMap<number, bigint>
}

/** A sum of exact amounts in picodollars. */
export class AmountSum {
  #amount = 0
  #beyond = 0n

  add(amount: Amount): void {
    if (typeof amount === 'bigint') this.#beyond += amount
    else this.#amount += amount
    if (this.#amount < LARGEST_NUMBER && this.#amount > -LARGEST_NUMBER) return
    this.#beyond += BigInt(this.#amount)
    this.#amount = 0
  }

  get whole(): bigint {
    return this.#beyond + BigInt(this.#amount)
  }
}

/**
 * A column of exact amounts in picodollars. Sums of numbers below 2^52 are exact, and need no bigint to be made for
 * each record; what goes beyond is kept aside.
 */
export class AmountColumn {
  #amounts = numberColumn()
  #length = 0
  #beyond = new Map<number, bigint>()

  get length(): number {
    return this.#length
  }

  push(): void {
    this.#amounts = withRoom(this.#amounts, this.#length++)
  }

  /** Makes room for so many rows. */
  expect(rows: number): void {
    this.#amounts = withRoom(this.#amounts, rows - 1)
  }

  add(row: number, amount: Amount): void {
    if (typeof amount === 'bigint') {
      this.#addBigint(row, amount)
      return
    }
    const sum = this.#amounts[row]! + amount
    if (sum < LARGEST_NUMBER && sum > -LARGEST_NUMBER) this.#amounts[row] = sum
    else this.#setAside(row, BigInt(sum))
  }

  /** Adds another column, whose rows have these places here; places that are new grow the column. */
  absorb({ amounts, beyond }: AmountParts, rows: Int32Array, length: number): void {
    this.expect(length)
    this.#length = length
    for (let from = 0; from < rows.length; from++) this.add(rows[from]!, amounts[from]!)
    for (const [from, amount] of beyond) this.add(rows[from]!, amount)
  }

  at(row: number): bigint {
    return BigInt(this.#amounts[row]!) + (this.#beyond.get(row) ?? 0n)
  }

  /** The same as a number where one holds it: to make a bigint takes longer than to add it. */
  amountAt(row: number): Amount {
    return this.#beyond.size > 0 && this.#beyond.has(row) ? this.at(row) : this.#amounts[row]!
  }

  /** What it holds; whoever changes that afterwards changes the column. */
  parts(): AmountParts {
    return { amounts: this.#amounts, beyond: this.#beyond }
  }

  #addBigint(row: number, amount: bigint): void {
    if (amount < LARGEST_NUMBER && amount > -LARGEST_NUMBER) this.add(row, Number(amount))
    else this.#setAside(row, BigInt(this.#amounts[row]!) + amount)
  }

  #setAside(row: number, sum: bigint): void {
    this.#beyond.set(row, (this.#beyond.get(row) ?? 0n) + sum)
    this.#amounts[row] = 0
  }
}
