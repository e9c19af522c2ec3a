import { type PriceBlock, priceFromBlock } from './price-block.ts'
import type { Price } from './price.ts'

/** The shipped table as it lies on disk. */
interface PriceFile {
  readonly version: 1
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
  return json.prices.map((block) =>
    priceFromBlock(
      block,
      block.source.replace(/\S+/g, (name) => sources[name] ?? name),
    ),
  )
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
