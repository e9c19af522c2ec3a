import { readFileSync } from 'node:fs'
import { parsePrices } from '../core/price-file.ts'
import type { Price } from '../core/price.ts'
import { packageFile } from './package-file.ts'

/** The price table that comes with the program. */
export interface PriceSource {
  /** Read when the first record without a cost asks for it, because parsing takes a fifth of a Node start. */
  readonly shipped: () => readonly Price[]
}

export const systemPrices: PriceSource = { shipped }

let prices: readonly Price[] | null = null

function shipped(): readonly Price[] {
  return (prices ??= parsePrices(JSON.parse(readFileSync(packageFile('config/prices.json'), 'utf8'))))
}
