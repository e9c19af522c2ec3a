import { providerOf } from '../core/model-provider.ts'
import type { ModelMatch, PriceLayer, PriceSpan } from '../core/price-catalog.ts'
import { displayCost, picodollarsOf } from '../core/money.ts'
import type { Price, Rates } from '../core/price.ts'
import { safeText } from '../core/safe-text.ts'
import { factorsText, rateText, sinceText } from './rate-text.ts'
import { thousands } from './count.ts'

/** All there is to say about the price of a model. */
export interface ModelDetails {
  /** As it was asked for. */
  readonly id: string
  readonly isDefault: boolean
  readonly price: Price
  readonly layer: PriceLayer
  readonly match: ModelMatch
  readonly aliases: readonly string[]
  readonly history: readonly PriceSpan[]
  readonly now: number
}

/** One paragraph for each thing to say. Ends with a line feed. */
export function modelDetailsText(details: ModelDetails, ascii: boolean): string {
  const { id, isDefault, price, layer, aliases, now } = details
  const times = ascii ? 'x' : '×'
  const lines = [
    `Model: ${id}${isDefault ? ' (default)' : ''}`,
    `  Found:    ${matchText(details)}`,
    `  Provider: ${providerOf(id)}`,
    `  Price of: ${LAYERS[layer]}`,
    `  Source:   ${price.source}`,
    `  Since:    ${sinceText(price.from)}${price.from > now ? ', which is still to come' : ''}`,
    ...(aliases.length > 0 ? [`  Aliases:  ${aliases.join(', ')}`] : []),
    '',
    '  Pricing (per million tokens):',
    ...ratesLines(price.rates),
    ...tierLines(price),
    ...(price.factors.size > 0 ? [`  Factors on the tokens of a record: ${factorsText(price, times)}`] : []),
    ...(price.webSearch === null
      ? []
      : [`  Web search: ${displayCost(picodollarsOf(price.webSearch * 1_000n))} per thousand`]),
    ...historyLines(details),
  ]
  return `${lines.map(safeText).join('\n')}\n`
}

const LAYERS: Readonly<Record<PriceLayer, string>> = {
  yours: 'your prices.yaml',
  updated: 'the last ai-costs models update',
  shipped: 'the table that came with ai-costs',
  project: 'the prices.yaml of this project, because nothing else prices it',
}

function matchText({ match, price }: ModelDetails): string {
  const { kind, name, front, end } = match
  const taken = [
    ...(front === '' ? [] : [`${front} in front of it`]),
    ...(end === '' ? [] : [`${end} behind it`]),
  ]
  const by = kind === 'exact' ? `by the name ${name}` : `by ${name}, an alias of ${price.model}`
  return taken.length === 0 ? `${by}, exactly` : `${by}, without ${taken.join(' and ')}`
}

function ratesLines(rates: Rates): readonly string[] {
  return [
    `    Input:          ${rateText(rates.input)}`,
    `    Output:         ${rateText(rates.output)}`,
    `    Cache read:     ${rateText(rates.cacheRead)}`,
    `    Cache write:    ${rateText(rates.cacheWrite)}  (five minutes)`,
    `    Cache write 1h: ${rateText(rates.cacheWrite1h)}`,
  ]
}

function tierLines({ longContext }: Price): readonly string[] {
  if (longContext === null) return []
  const above = thousands(longContext.above)
  return [
    `  Of a request with more than ${above} tokens of input, cache reads and writes, all tokens cost:`,
    ...ratesLines(longContext.rates),
  ]
}

function historyLines({ history, now }: ModelDetails): readonly string[] {
  if (history.length < 2) return []
  const current = history.findLast(({ from }) => from <= now)
  const dates = history.map(({ from }) => sinceText(from))
  const width = Math.max(...dates.map((date) => date.length))
  return [
    '  History:',
    ...history.map((span, nth) => {
      const mark = span === current ? '  (now)' : ''
      return `    ${(dates[nth] ?? '').padEnd(width)}  ${spanText(span)}${mark}`
    }),
  ]
}

function spanText({ price }: PriceSpan): string {
  if (price === null) return 'no price'
  const { input, output, cacheRead } = price.rates
  const tier = price.longContext === null ? '' : `, long context above ${thousands(price.longContext.above)}`
  return `${rateText(input)} in, ${rateText(output)} out, ${rateText(cacheRead)} read${tier}`
}
