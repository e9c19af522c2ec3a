import { type PriceBlock, priceFromBlock } from './price-block.ts'
import type { Price } from './price.ts'

/**
 * The text of the file after an update: what it held, and the new blocks, which replace those of the same model from
 * the same day. Throws what `parseUpdatedPrices` throws.
 */
export function updatedPricesText(
  text: string | undefined,
  blocks: readonly PriceBlock[],
  source: string,
  at: string,
): string {
  const known = text === undefined ? [] : blocksOf(text)
  const isNew = new Set(blocks.map(keyOf))
  const all = [
    ...known.filter((block) => !isNew.has(keyOf(block))),
    ...blocks.map((block) => ({ ...block, source })),
  ]
  const lines = all.toSorted(byModelAndDate).map((block) => `    ${JSON.stringify(block)}`)
  return `{
  "version": 1,
  "generated": ${JSON.stringify(at)},
  "data": "written by ai-costs models update; remove this file to go back to the prices that came with the program",
  "sources": {},
  "prices": [
${lines.join(',\n')}
  ]
}
`
}

/**
 * The prices of the file, in its order, all of them worked out: other than the shipped table, anybody may have
 * edited it.
 *
 * @throws Error when the file is none of ours or a block in it is broken: remove it, or update again.
 */
export function parseUpdatedPrices(text: string): Price[] {
  return blocksOf(text).map((block) => priceFromBlock(block, block.source))
}

type UpdatedBlock = PriceBlock & { readonly source: string }

function blocksOf(text: string): readonly UpdatedBlock[] {
  let json: unknown = null
  try {
    json = JSON.parse(text)
  } catch {
    // Said below, with the fix.
  }
  if (!isTable(json))
    throw new Error('is no price table of version 1: remove it, or run ai-costs models update')
  return json.prices
}

function isTable(json: unknown): json is { readonly prices: readonly UpdatedBlock[] } {
  return (
    typeof json === 'object' &&
    json !== null &&
    'prices' in json &&
    Array.isArray(json.prices) &&
    json.prices.every(isBlock)
  )
}

function isBlock(block: unknown): boolean {
  return (
    typeof block === 'object' &&
    block !== null &&
    ['model', 'input', 'output', 'source'].every((key) => typeof Reflect.get(block, key) === 'string')
  )
}

function keyOf({ model, from = '' }: PriceBlock): string {
  return `${model}\0${from}`
}

function byModelAndDate(a: PriceBlock, b: PriceBlock): number {
  return keyOf(a) < keyOf(b) ? -1 : 1
}
