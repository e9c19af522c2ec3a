import type { Money } from './money.ts'

/** Picodollars per token. */
export interface Rates {
  readonly input: Money
  readonly output: Money
  readonly cacheRead: Money
  /** Five-minute cache writes. */
  readonly cacheWrite: Money
  /** One-hour cache writes. */
  readonly cacheWrite1h: Money
}

/** An exact factor: batch is 1/2, a region uplift 11/10. */
export interface Factor {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** What a model's tokens cost from an instant on. */
export interface Price {
  readonly model: string
  readonly aliases: readonly string[]
  /** Epoch milliseconds from which it holds; `-Infinity` for "always". */
  readonly from: number
  readonly rates: Rates
  /** Whole-request tier: when input + cache read + cache write exceeds `above` tokens, all tokens cost `rates`. */
  readonly longContext: { readonly above: number; readonly rates: Rates } | null
  /** By service tier or speed (`batch`, `priority`, `fast`), and by `inference_geo` (`us`). */
  readonly factors: ReadonlyMap<string, Factor>
  /** Picodollars per web search request; null when the provider has no such fee. */
  readonly webSearch: Money | null
  /** Where the price was read: URLs, or a settings file with its line. */
  readonly source: string
}

/** True when no token costs anything: not "unknown", but known to be free. */
export function isFree(price: Price): boolean {
  return isAllZero(price.rates) && (price.longContext === null || isAllZero(price.longContext.rates))
}

function isAllZero(rates: Rates): boolean {
  return (
    rates.input === 0n &&
    rates.output === 0n &&
    rates.cacheRead === 0n &&
    rates.cacheWrite === 0n &&
    rates.cacheWrite1h === 0n
  )
}
