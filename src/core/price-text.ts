import { type Money, decimalText, picodollarsOf } from './money.ts'
import type { PriceBlock, RateBlock } from './price-block.ts'
import type { Factor, Price, Rates } from './price.ts'
import { formatInstant } from './timestamp.ts'

/** The block that describes a price, exactly: what `priceFromBlock` makes of it is the same price. */
export function blockFromPrice(price: Price): PriceBlock {
  const { longContext, webSearch, factors } = price
  const region: Record<string, string> = {}
  const tiers: Record<string, string> = {}
  for (const [name, factor] of factors) {
    if (name === 'batch' || name === 'priority' || name === 'fast') tiers[name] = factorText(factor)
    else region[name] = factorText(factor)
  }
  return {
    model: price.model,
    ...(price.aliases.length > 0 ? { aliases: price.aliases } : {}),
    ...(price.from === -Infinity ? {} : { from: dateText(price.from) }),
    ...ratesText(price.rates),
    ...(longContext === null
      ? {}
      : { long_context: { above: String(longContext.above), ...ratesText(longContext.rates) } }),
    ...tiers,
    ...(Object.keys(region).length > 0 ? { region } : {}),
    ...(webSearch === null ? {} : { web_search: decimalText(picodollarsOf(webSearch * 1_000n)) }),
  }
}

/** Dollars per million tokens as exact decimal text. */
export function perMillionText(rate: Money): string {
  return decimalText(picodollarsOf(rate * 1_000_000n))
}

/** A factor as decimal text: `0.5`; to twelve decimals, which is as exact as it was written. */
export function factorText({ numerator, denominator }: Factor): string {
  return decimalText(picodollarsOf((numerator * 10n ** 12n) / denominator))
}

/** The date from which a price holds, or the instant where that is no midnight UTC. */
export function dateText(from: number): string {
  return formatInstant(from).replace('T00:00:00Z', '')
}

function ratesText(rates: Rates): RateBlock {
  return {
    input: perMillionText(rates.input),
    output: perMillionText(rates.output),
    cache_read: perMillionText(rates.cacheRead),
    cache_write: perMillionText(rates.cacheWrite),
    cache_write_1h: perMillionText(rates.cacheWrite1h),
  }
}
