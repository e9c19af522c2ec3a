import { type PriceBlock, priceFromBlock } from './price-block.ts'
import type { Price } from './price.ts'
import { parseTimestamp } from './timestamp.ts'

/** The shipped table as it lies on disk. */
interface PriceFile {
  readonly version: 1
  /** The day on which it was made. */
  readonly generated?: string
  /** URLs by the short names that the blocks use. */
  readonly sources: Readonly<Record<string, string>>
  readonly prices: readonly (PriceBlock & { readonly source: string })[]
}

/**
 * The prices of the shipped table, from the parsed JSON of `config/prices.json`, in its order.
 *
 * @throws Error when the file is not ours or a block in it is broken: the installation is damaged.
 */
export function parsePrices(json: unknown): Price[] {
  if (!isPriceFile(json)) {
    throw new Error('config/prices.json is no price table of version 1: reinstall ai-costs.')
  }
  const { sources } = json
  return json.prices.map((block) => new ShippedPrice(block, sources))
}

/** The day on which the parsed table was made; `''` where it does not say. */
export function dayOf(json: unknown): string {
  return isPriceFile(json) ? (json.generated ?? '') : ''
}

/**
 * A price that is worked out when it is first asked for: a ledger uses a handful of models, and the decimals of all
 * of them would cost a start a third of a Node start.
 */
class ShippedPrice implements Price {
  readonly model: string
  readonly aliases: readonly string[]
  readonly from: number
  readonly #block: PriceFile['prices'][number]
  readonly #sources: PriceFile['sources']
  #whole: Price | null = null

  constructor(block: PriceFile['prices'][number], sources: PriceFile['sources']) {
    this.model = block.model
    this.aliases = block.aliases ?? []
    this.from = block.from === undefined ? -Infinity : (parseTimestamp(block.from) ?? NaN)
    this.#block = block
    this.#sources = sources
  }

  get rates(): Price['rates'] {
    return this.#price.rates
  }

  get longContext(): Price['longContext'] {
    return this.#price.longContext
  }

  get factors(): Price['factors'] {
    return this.#price.factors
  }

  get webSearch(): Price['webSearch'] {
    return this.#price.webSearch
  }

  get source(): string {
    return this.#block.source.replace(/\S+/g, (name) => this.#sources[name] ?? name)
  }

  get #price(): Price {
    return (this.#whole ??= priceFromBlock(this.#block, this.source))
  }
}

/** Shallow: the file is generated and every block of it is tested. */
function isPriceFile(json: unknown): json is PriceFile {
  return (
    typeof json === 'object' &&
    json !== null &&
    'version' in json &&
    json.version === 1 &&
    'sources' in json &&
    typeof json.sources === 'object' &&
    json.sources !== null &&
    'prices' in json &&
    Array.isArray(json.prices)
  )
}
