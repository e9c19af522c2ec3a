import type { PriceTable } from '../core/price-table.ts'

/** Something is needed that only the whole program has. */
export class HandOver extends Error {
  override readonly name = 'HandOver'
}

export function handOver(): never {
  throw new HandOver()
}

/** The table of all prices is large: who asks it hands over. */
export const WHOLE_TABLE: PriceTable = { priceOf: handOver }
