import { type Document, Scalar, YAMLSeq, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml'

import type { PriceBlock } from '../core/price-block.ts'

// What a person wrote stays as it was written, comments, order and blanks included: new lines are put between the old
// ones, and only where that cannot be (braces around everything) the whole text is written anew. Both take a text that
// was read without a problem; the result is still to be read again.

/** The text of a `cost-limits.yaml` with this `default_model`. */
export function withDefaultModel(text: string, model: string): string {
  const document = documentOf(text)
  if (isOpen(document) && !document.has('default_model')) return appended(text, `default_model: ${model}`)
  const old: unknown = document.get('default_model', true)
  if (isScalar(old) && old.value !== null && old.range) {
    return text.slice(0, old.range[0]) + model + text.slice(old.range[1])
  }
  document.set('default_model', model)
  return written(document)
}

/** The text of a `prices.yaml` with these prices behind those that it has. */
export function withPrices(text: string, blocks: readonly PriceBlock[]): string {
  const document = documentOf(text)
  if (isOpen(document) && !document.has('prices')) return appended(text, `prices:\n${linesOf(blocks, '  ')}`)
  const prices: unknown = document.get('prices')
  const place = isSeq(prices) ? endOfList(prices, text) : null
  if (place !== null) {
    const { offset, indent } = place
    return `${text.slice(0, offset)}\n${linesOf(blocks, indent)}${text.slice(offset)}`
  }
  if (isSeq(prices)) prices.items.push(...listOf(document, blocks).items)
  else document.set('prices', listOf(document, blocks))
  return written(document)
}

/** Behind the last line of a list that has a line for each item, and its indentation; null for any other. */
function endOfList(list: YAMLSeq, text: string): { readonly offset: number; readonly indent: string } | null {
  const last: unknown = list.items.at(-1)
  if (list.flow === true || !list.range || !isNode(last) || !last.range) return null
  const indent = text.slice(text.lastIndexOf('\n', list.range[0] - 1) + 1, list.range[0])
  if (indent.trim() !== '') return null
  const end = text.slice(0, last.range[1]).trimEnd().length
  const newline = text.indexOf('\n', end)
  return { offset: newline < 0 ? text.length : newline, indent }
}

/** The items of a list, without the last line's end. */
function linesOf(blocks: readonly PriceBlock[], indent: string): string {
  const fresh = documentOf('')
  fresh.contents = listOf(fresh, blocks)
  return written(fresh).trimEnd().replace(/^/gm, indent)
}

function documentOf(text: string): Document {
  return parseDocument(text, { version: '1.2', schema: 'core' })
}

/** Whether a line at the end of the text is one more key: there are no braces around it, and no mark of the end. */
function isOpen({ contents, directives }: Document): boolean {
  return (contents === null || (isMap(contents) && contents.flow !== true)) && directives?.docEnd !== true
}

function appended(text: string, lines: string): string {
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`
  return `${whole}${lines}\n`
}

/** One price a line, as people write them by hand. */
function listOf(document: Document, blocks: readonly PriceBlock[]): YAMLSeq {
  const list = new YAMLSeq()
  list.items = blocks.map(({ long_context: tier, region, ...block }) =>
    document.createNode(
      {
        ...decimalsIn(block),
        ...(tier === undefined ? {} : { long_context: decimalsIn(tier) }),
        ...(region === undefined ? {} : { region: decimalsIn(region) }),
      },
      { flow: true, keepUndefined: false },
    ),
  )
  return list
}

/** Decimals are text here, around which YAML would put quotes. */
function decimalsIn(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' && !NAMES.has(key) ? decimal(value) : value,
    ]),
  )
}

const NAMES: ReadonlySet<string> = new Set(['model', 'from'])

/** As many digits as were written: `1.00` stays that. */
function decimal(text: string): Scalar {
  const scalar = new Scalar(Number(text))
  scalar.minFractionDigits = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0
  return scalar
}

function written(document: Document): string {
  // Long lines stay whole, as they were written.
  return document.toString({ lineWidth: 0 })
}
