import type { Json } from '../core/json.ts'
import { type Money, picodollarsOf } from '../core/money.ts'
import type { ModelMatch, PriceLayer, PriceSpan } from '../core/price-catalog.ts'
import { factorText } from '../core/price-text.ts'
import { providerOf } from '../core/model-provider.ts'
import type { Price, Rates } from '../core/price.ts'
import { formatInstant } from '../core/timestamp.ts'

/** A model's price as data, in dollars per million tokens and per thousand searches. */
export function priceJson(model: string, price: Price, layer: PriceLayer) {
  const { longContext, webSearch } = price
  return {
    model,
    provider: providerOf(model),
    priced_as: price.model,
    layer,
    source: price.source,
    from: instantJson(price.from),
    ...ratesJson(price.rates),
    long_context: longContext === null ? null : { above: longContext.above, ...ratesJson(longContext.rates) },
    factors: Object.fromEntries(
      [...price.factors].map(([name, factor]): [string, Json] => [name, factorText(factor)]),
    ),
    web_search: webSearch === null ? null : picodollarsOf(webSearch * 1_000n),
  }
}

export function matchJson({ kind, name, front, end }: ModelMatch): Json {
  return { kind, name, without_front: front, without_end: end }
}

export function historyJson(history: readonly PriceSpan[]): Json {
  return history.map(({ from, price }) => ({
    from: instantJson(from),
    ...(price === null
      ? { priced: false }
      : { ...ratesJson(price.rates), long_context_above: price.longContext?.above ?? null }),
  }))
}

/** Null for "always". */
export function instantJson(from: number): string | null {
  return from === -Infinity ? null : formatInstant(from)
}

function ratesJson(rates: Rates) {
  return {
    input: perMillion(rates.input),
    output: perMillion(rates.output),
    cache_read: perMillion(rates.cacheRead),
    cache_write: perMillion(rates.cacheWrite),
    cache_write_1h: perMillion(rates.cacheWrite1h),
  }
}

function perMillion(rate: Money): Money {
  return picodollarsOf(rate * 1_000_000n)
}
