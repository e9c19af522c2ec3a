import { type Money, parseMoney, picodollarsOf, scaleHalfEven } from './money.ts'
import type { Factor, Price, Rates } from './price.ts'
import { parseTimestamp } from './timestamp.ts'

/** USD per million tokens, as decimal text with at most six decimals. */
export interface RateBlock {
  readonly input: string
  readonly output: string
  readonly cache_read?: string | undefined
  readonly cache_write?: string | undefined
  readonly cache_write_1h?: string | undefined
}

/** A price as people write it, in `prices.yaml` and in the shipped table alike: every decimal is text. */
export interface PriceBlock extends RateBlock {
  readonly model: string
  readonly aliases?: readonly string[] | undefined
  /** A date (its UTC midnight) or an RFC 3339 instant; absent for "always". */
  readonly from?: string | undefined
  /** The tier for requests with more than `above` tokens of input, cache reads and cache writes together. */
  readonly long_context?: (RateBlock & { readonly above: string }) | undefined
  /** Factors on the cost of a record's tokens: `0.5` is half the price. */
  readonly batch?: string | undefined
  readonly priority?: string | undefined
  readonly fast?: string | undefined
  /** Factors by the place of inference: `{ us: '1.1' }`. */
  readonly region?: Readonly<Record<string, string>> | undefined
  /** USD per thousand web searches, which is how providers quote it. */
  readonly web_search?: string | undefined
}

/**
 * The exact price a block describes. `source` says where it was read; it also begins every error.
 *
 * What a block leaves out is never cheaper than what the provider may charge: without `cache_read` or `cache_write`
 * those tokens cost the input rate, without `cache_write_1h` the `cache_write` rate. In a long-context tier they
 * keep their proportion to the input rate, as in every provider's table.
 *
 * @throws Error when a decimal is no decimal, is negative or does not fit whole picodollars per token, or when
 *   `from` or `above` cannot be read.
 */
export function priceFromBlock(block: PriceBlock, source: string): Price {
  const fail = (key: string, text: string, fix: string): never => {
    throw new Error(`${source}: ${key}: "${text}" of model "${block.model}" ${fix}`)
  }
  const rates = baseRates(block, fail)
  return {
    model: block.model,
    aliases: block.aliases ?? [],
    from: block.from === undefined ? -Infinity : instantOf(block.from, fail),
    rates,
    longContext:
      block.long_context === undefined
        ? null
        : {
            above: tokensOf(block.long_context.above, fail),
            rates: tierRates(block.long_context, rates, fail),
          },
    factors: factorsOf(block, fail),
    webSearch: block.web_search === undefined ? null : perThousand('web_search', block.web_search, fail),
    source,
  }
}

type Fail = (key: string, text: string, fix: string) => never

function baseRates(block: RateBlock, fail: Fail): Rates {
  const input = perMillion('input', block.input, fail)
  const cacheWrite = optionalRate('cache_write', block.cache_write, fail) ?? input
  return {
    input,
    output: perMillion('output', block.output, fail),
    cacheRead: optionalRate('cache_read', block.cache_read, fail) ?? input,
    cacheWrite,
    cacheWrite1h: optionalRate('cache_write_1h', block.cache_write_1h, fail) ?? cacheWrite,
  }
}

function tierRates(tier: RateBlock, base: Rates, fail: Fail): Rates {
  const input = perMillion('long_context.input', tier.input, fail)
  const inProportion = (rate: Money): Money =>
    base.input === 0n ? input : scaleHalfEven(rate, input, base.input)
  return {
    input,
    output: perMillion('long_context.output', tier.output, fail),
    cacheRead: optionalRate('long_context.cache_read', tier.cache_read, fail) ?? inProportion(base.cacheRead),
    cacheWrite:
      optionalRate('long_context.cache_write', tier.cache_write, fail) ?? inProportion(base.cacheWrite),
    cacheWrite1h:
      optionalRate('long_context.cache_write_1h', tier.cache_write_1h, fail) ??
      inProportion(base.cacheWrite1h),
  }
}

function optionalRate(key: string, text: string | undefined, fail: Fail): Money | null {
  return text === undefined ? null : perMillion(key, text, fail)
}

function perMillion(key: string, text: string, fail: Fail): Money {
  return share(
    key,
    text,
    1_000_000n,
    'write USD per million tokens with at most six decimals, such as 3.00',
    fail,
  )
}

function perThousand(key: string, text: string, fail: Fail): Money {
  return share(key, text, 1_000n, 'write USD per thousand searches, such as 10.00', fail)
}

/** Dollars for `units` of something as picodollars for one, refused when that is no whole number. */
function share(key: string, text: string, units: bigint, fix: string, fail: Fail): Money {
  const dollars = parseMoney(text)
  if (dollars === null || dollars < 0n || dollars % units !== 0n)
    return fail(key, text, `is no price: ${fix}.`)
  return picodollarsOf(dollars / units)
}

function instantOf(text: string, fail: Fail): number {
  return (
    parseTimestamp(text) ??
    fail('from', text, 'is no date: write one such as 2026-01-01 or 2026-01-01T08:00:00Z.')
  )
}

function tokensOf(text: string, fail: Fail): number {
  if (!/^\d{1,12}$/.test(text)) {
    return fail('long_context.above', text, 'is no count of tokens: write a whole number such as 200000.')
  }
  return Number(text)
}

function factorsOf(block: PriceBlock, fail: Fail): ReadonlyMap<string, Factor> {
  const factors = new Map<string, Factor>()
  for (const key of ['batch', 'priority', 'fast'] as const) {
    const text = block[key]
    if (text !== undefined) factors.set(key, factorOf(key, text, fail))
  }
  for (const [place, text] of Object.entries(block.region ?? {})) {
    factors.set(place, factorOf(`region.${place}`, text, fail))
  }
  return factors
}

function factorOf(key: string, text: string, fail: Fail): Factor {
  const numerator = parseMoney(text)
  if (numerator === null || numerator < 0n) {
    return fail(key, text, 'is no factor: write 0.5 for half the price, 1 for no change.')
  }
  const denominator = 10n ** 12n
  const divisor = greatestCommonDivisor(numerator, denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}
