import { decimalText, parseMoney, picodollarsOf } from './money.ts'
import type { PriceBlock, RateBlock } from './price-block.ts'

/** The prices of a published table, as far as they are prices of tokens. */
export interface PublishedPrices {
  /** What a model's rates are now; a rate that is left out is not known, and so not changed. */
  readonly blocks: readonly PriceBlock[]
  /** Entries about something else (images, speech), without a price, or at a price of zero. */
  readonly skipped: number
}

/**
 * Reads LiteLLM's `model_prices_and_context_window.json`: dollars per token, by model id. Ids stay as they are, so
 * that a reseller's entry never prices the maker's model. An entry that costs nothing is left out: that is how the
 * table writes "included in a subscription" and "unknown". Null when the JSON is no such table.
 */
export function publishedPrices(json: unknown): PublishedPrices | null {
  if (!isObject(json)) return null
  const entries = Object.entries(json).filter(([model]) => model !== 'sample_spec')
  const blocks = entries.flatMap(([model, entry]) => blockOf(model, entry) ?? [])
  return { blocks, skipped: entries.length - blocks.length }
}

type Entry = Readonly<Record<string, unknown>>

/** Modes whose prices are those of tokens. */
const TOKEN_MODES: ReadonlySet<unknown> = new Set(['chat', 'responses', 'completion'])

/** A model that a command line and a settings file can name. */
const MODEL = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/

function blockOf(model: string, entry: unknown): PriceBlock | null {
  if (!isObject(entry) || !MODEL.test(model)) return null
  if (entry['mode'] !== undefined && !TOKEN_MODES.has(entry['mode'])) return null
  const rates = ratesOf(entry, '')
  if (rates === null || (isZero(rates.input) && isZero(rates.output))) return null
  const tier = tierOf(entry, rates)
  return { model, ...rates, ...(tier === null ? {} : { long_context: tier }) }
}

function ratesOf(entry: Entry, suffix: string): RateBlock | null {
  const input = perMillion(entry[`input_cost_per_token${suffix}`])
  const output = perMillion(entry[`output_cost_per_token${suffix}`])
  if (input === undefined || output === undefined) return null
  return {
    input,
    output,
    cache_read: perMillion(entry[`cache_read_input_token_cost${suffix}`]),
    cache_write: perMillion(entry[`cache_creation_input_token_cost${suffix}`]),
    cache_write_1h: perMillion(entry[`cache_creation_input_token_cost_above_1hr${suffix}`]),
  }
}

/** `input_cost_per_token_above_200k_tokens` and its like; of several, the lowest is where requests begin to be long. */
function tierOf(entry: Entry, base: RateBlock): PriceBlock['long_context'] | null {
  const [lowest] = Object.keys(entry)
    .flatMap((key) => /^input_cost_per_token_above_(\d{1,6})k_tokens$/.exec(key)?.[1] ?? [])
    .toSorted((a, b) => Number(a) - Number(b))
  if (lowest === undefined) return null
  const suffix = `_above_${lowest}k_tokens`
  const output = perMillion(entry[`output_cost_per_token${suffix}`]) ?? base.output
  const rates = ratesOf({ ...entry, [`output_cost_per_token${suffix}`]: perToken(output) }, suffix)
  return rates === null ? null : { above: `${lowest}000`, ...rates }
}

/** Dollars for one token as dollars for a million; undefined for what is no price. Beyond a picodollar is noise. */
function perMillion(cost: unknown): string | undefined {
  if (typeof cost !== 'number' && typeof cost !== 'string') return undefined
  const money = parseMoney(String(cost))
  return money === null || money < 0n ? undefined : decimalText(picodollarsOf(money * 1_000_000n))
}

function perToken(perMillionText: string): string {
  return `${perMillionText}e-6`
}

function isZero(rate: string): boolean {
  return parseMoney(rate) === 0n
}

function isObject(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
