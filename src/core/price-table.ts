import { modelKey, modelKeys } from './model-id.ts'
import { isFree, type Price } from './price.ts'

/** What every model costs, at every instant. */
export interface PriceTable {
  /**
   * The price of a model at an instant (epoch milliseconds), or null when it has none then. Without an instant: the
   * price that begins last, which may lie in the future.
   */
  readonly priceOf: (model: string, at: number | null) => Price | null
}

/**
 * A table of layers. A model is looked up in the user's own prices, and only when these do not know it, or not yet at
 * that instant, in the shipped ones with what was updated since. The prices of a project count for models that none of
 * these knows at any time: a cloned repository may fill a gap, but not make what the user spends look smaller.
 *
 * Within a layer the price with the latest `from` that is not after the instant holds; of two with the same `from`,
 * the first. Updated and shipped prices are one layer in that, the updated first: each begins on its own day, so that
 * an update never changes what was spent before it, nor hides a change that the shipped table knows to come. A free
 * price is found by its own name alone: the same model behind a provider's name is paid for.
 */
export function priceTable(
  own: readonly Price[] = [],
  shipped: readonly Price[] = [],
  project: readonly Price[] = [],
  updated: readonly Price[] = [],
): PriceTable {
  const yours = indexOf(own)
  const published = [updated, shipped].map(indexOf)
  const gaps = indexOf(project)
  const timelines = new Map<string, readonly Price[]>()

  function timelineOf(model: string): readonly Price[] {
    const known = timelines.get(model)
    if (known !== undefined) return known
    const keys = modelKeys(model)
    const later = published.flatMap((index) => seriesOf(index, keys)).toSorted(latestFirst)
    const ours = [...seriesOf(yours, keys), ...later]
    const timeline = ours.length > 0 ? ours : seriesOf(gaps, keys)
    if (timelines.size < MAX_REMEMBERED) timelines.set(model, timeline)
    return timeline
  }

  return {
    priceOf(model, at) {
      const timeline = timelineOf(model)
      if (at === null) return timeline[0] ?? null
      for (const price of timeline) if (price.from <= at) return price
      return null
    },
  }
}

/** Model names come from the ledger, so a damaged one must not fill the memory. */
const MAX_REMEMBERED = 4096

/** The dated prices of each model, latest first, under every name it has. */
type Index = ReadonlyMap<string, readonly Price[]>

function indexOf(prices: readonly Price[]): Index {
  const byModel = new Map<string, Price[]>()
  for (const price of prices) {
    const key = modelKey(price.model)
    const series = byModel.get(key)
    if (series === undefined) byModel.set(key, [price])
    else series.push(price)
  }
  const index = new Map<string, Price[]>()
  for (const [key, series] of byModel) {
    series.sort(latestFirst)
    index.set(key, series)
  }
  // A model's own name beats an alias of another, and the first to claim an alias keeps it.
  for (const series of byModel.values()) {
    for (const alias of series.flatMap((price) => price.aliases)) {
      if (!index.has(modelKey(alias))) index.set(modelKey(alias), series)
    }
  }
  return index
}

/** Not `b.from - a.from`: two prices for "always" would compare as NaN. */
function latestFirst(a: Price, b: Price): number {
  if (a.from === b.from) return 0
  return a.from > b.from ? -1 : 1
}

function seriesOf(index: Index, keys: readonly string[]): readonly Price[] {
  for (const key of keys) {
    const series = index.get(key)
    if (series === undefined) continue
    return key === keys[0] ? series : series.filter((price) => !isFree(price))
  }
  return []
}
