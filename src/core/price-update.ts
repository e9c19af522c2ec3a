import type { Money } from './money.ts'
import { type PriceBlock, type RateBlock, priceFromBlock } from './price-block.ts'
import { blockFromPrice, dateText, perMillionText } from './price-text.ts'
import type { PriceTable } from './price-table.ts'
import type { Price, Rates } from './price.ts'
import { DAY_MS } from './timestamp.ts'

/** A model whose published price is not the one that is known. */
export interface PriceChange {
  /** What would be known from now on; dated, unless the model is new. */
  readonly block: PriceBlock
  readonly before: Price | null
  readonly after: Price
}

/** What a published table would change. */
export interface PriceUpdate {
  readonly changes: readonly PriceChange[]
  /** Models whose price is the one that is known. */
  readonly same: number
  /** Models for which the table states a tier that the known price does not have; it is not taken. */
  readonly tiersLeft: readonly string[]
  /** Why the table is not to be believed; none when it may be. */
  readonly faults: readonly string[]
}

/** A published table with fewer models is a fragment, an error page, or something else. */
export const FEWEST_MODELS = 100

/** No price has ever changed by more between two tables: it would be a slip of units. */
const MOST_TIMES = 10n

/**
 * Compares a published table with what is known at an instant. A change holds from that day (UTC) on, because what
 * was used before was paid for at the price before; a new model's price always held. Rates that the published table
 * does not state stay as they are known. A known model gets no long-context tier: tables go on to state those that
 * have ended, which would double what long requests cost.
 */
export function comparePrices(blocks: readonly PriceBlock[], known: PriceTable, at: number): PriceUpdate {
  const today = dateText(Math.floor(at / DAY_MS) * DAY_MS)
  const changes = blocks.flatMap((stated) => changeOf(stated, known.priceOf(stated.model, at), today) ?? [])
  const few = `it has only ${blocks.length} models with prices, which is too few for a whole table (${FEWEST_MODELS})`
  return {
    changes,
    same: blocks.length - changes.length,
    tiersLeft: blocks.flatMap(({ model, long_context: tier }) =>
      tier !== undefined && known.priceOf(model, at)?.longContext === null ? [model] : [],
    ),
    faults: [...(blocks.length < FEWEST_MODELS ? [few] : []), ...changes.filter(isFar).map(farText)],
  }
}

function changeOf(stated: PriceBlock, before: Price | null, today: string): PriceChange | null {
  if (before === null) return { block: stated, before, after: priceFromBlock(stated, 'update') }
  const known = blockFromPrice(before)
  const block: PriceBlock = {
    ...known,
    ...stating(stated, known),
    model: stated.model,
    aliases: undefined,
    from: today,
    long_context: known.long_context === undefined ? undefined : (stated.long_context ?? known.long_context),
  }
  const after = priceFromBlock(block, 'update')
  return isSame(before, after) ? null : { block, before, after }
}

/** The rates as stated, and as they are known where they are not. */
function stating(stated: RateBlock, known: RateBlock): RateBlock {
  return {
    input: stated.input,
    output: stated.output,
    cache_read: stated.cache_read ?? known.cache_read,
    cache_write: stated.cache_write ?? known.cache_write,
    cache_write_1h: stated.cache_write_1h ?? known.cache_write_1h,
  }
}

function isSame(a: Price, b: Price): boolean {
  if (!sameRates(a.rates, b.rates)) return false
  if (a.longContext === null || b.longContext === null) return a.longContext === b.longContext
  // 272,000 and 271,999 are two readings of "more than 272K": no change of price.
  const apart = Math.abs(a.longContext.above - b.longContext.above)
  return apart <= 1 && sameRates(a.longContext.rates, b.longContext.rates)
}

function sameRates(a: Rates, b: Rates): boolean {
  return RATES.every((key) => a[key] === b[key])
}

const RATES = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const

function isFar({ before, after }: PriceChange): boolean {
  if (before === null) return false
  return (['input', 'output'] as const).some((key) => isFarApart(before.rates[key], after.rates[key]))
}

/** What was free may get a price; nothing that has one becomes free. */
function isFarApart(before: Money, after: Money): boolean {
  return (before !== 0n && before * MOST_TIMES < after) || after * MOST_TIMES < before
}

function farText({ block, before, after }: PriceChange): string {
  const known = before === null ? 'nothing' : ratesText(before)
  return `it prices ${block.model} at ${ratesText(after)} per million, more than ${MOST_TIMES} times off the known ${known}`
}

function ratesText({ rates }: Price): string {
  return `$${perMillionText(rates.input)} in and $${perMillionText(rates.output)} out`
}
