import { type Money, picodollarsOf } from './money.ts'
import type { Factor, Price, Rates } from './price.ts'
import type { PriceTable } from './price-table.ts'

/**
 * What one model costs during a span of time, as plain JSON. Nearly every record says what it cost; those that say
 * zero need the table, to tell "free" from "unknown".
 */
export interface SavedPrice {
  readonly model: string
  /** Null when it has none. */
  readonly price: SavedRates | null
}

interface SavedRates {
  readonly rates: Saved<Rates>
  readonly longContext: { readonly above: number; readonly rates: Saved<Rates> } | null
  readonly factors: readonly (readonly [name: string, numerator: string, denominator: string])[]
  readonly webSearch: string | null
}

/** Picodollars as decimal text. */
type Saved<Amounts> = { readonly [Key in keyof Amounts]: string }

/** So many models are priced from the cache; a ledger with more of them asks the table. */
const MOST_MODELS = 64

/** The prices of models from one instant to another, the later one not included; those that change in between are left out. */
export function savePrices(
  table: PriceTable,
  models: readonly string[],
  from: number,
  to: number,
): SavedPrice[] {
  return models.slice(0, MOST_MODELS).flatMap((model): SavedPrice[] => {
    const price = table.priceOf(model, from)
    return price === table.priceOf(model, to - 1) ? [{ model, price: price && savedRates(price) }] : []
  })
}

/** A table that knows these prices from one instant to another, and asks `otherwise` for everything else. */
export function restorePrices(
  saved: readonly SavedPrice[],
  from: number,
  to: number,
  otherwise: PriceTable,
): PriceTable {
  const prices = new Map(saved.map(({ model, price }) => [model, price && priceFrom(model, price)]))
  return {
    priceOf(model, at) {
      const price = at !== null && at >= from && at < to ? prices.get(model) : undefined
      return price === undefined ? otherwise.priceOf(model, at) : price
    },
  }
}

function savedRates({ rates, longContext, factors, webSearch }: Price): SavedRates {
  return {
    rates: mapped(rates, String),
    longContext: longContext && { ...longContext, rates: mapped(longContext.rates, String) },
    factors: [...factors].map(([name, { numerator, denominator }]) => [
      name,
      String(numerator),
      String(denominator),
    ]),
    webSearch: webSearch === null ? null : String(webSearch),
  }
}

function priceFrom(model: string, { rates, longContext, factors, webSearch }: SavedRates): Price {
  return {
    model,
    aliases: [],
    from: -Infinity,
    rates: mapped(rates, money),
    longContext: longContext && { ...longContext, rates: mapped(longContext.rates, money) },
    factors: new Map(
      factors.map(([name, numerator, denominator]): [string, Factor] => [
        name,
        { numerator: BigInt(numerator), denominator: BigInt(denominator) },
      ]),
    ),
    webSearch: webSearch === null ? null : money(webSearch),
    source: '',
  }
}

function money(text: string): Money {
  return picodollarsOf(BigInt(text))
}

function mapped<From, To>(
  { input, output, cacheRead, cacheWrite, cacheWrite1h }: { readonly [Key in keyof Rates]: From },
  map: (amount: From) => To,
): { readonly [Key in keyof Rates]: To } {
  return {
    input: map(input),
    output: map(output),
    cacheRead: map(cacheRead),
    cacheWrite: map(cacheWrite),
    cacheWrite1h: map(cacheWrite1h),
  }
}
