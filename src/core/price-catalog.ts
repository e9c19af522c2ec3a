import { modelKey, modelKeys } from './model-id.ts'
import { type PriceTable, priceTable } from './price-table.ts'
import type { Price } from './price.ts'

/** Whose word a price is: the user's, a downloaded update, the table that came with the program, a project's. */
export const PRICE_LAYERS = ['yours', 'updated', 'shipped', 'project'] as const
export type PriceLayer = (typeof PRICE_LAYERS)[number]

/** The prices of each layer, in the order in which they were written. */
export type PriceLayers = { readonly [Layer in PriceLayer]: readonly Price[] }

/** How a model id led to a price: by the price's own name or an alias, after what was taken away from the id. */
export interface ModelMatch {
  readonly kind: 'exact' | 'alias'
  /** The name that matched, as the price spells it. */
  readonly name: string
  /** What was taken from the front of the id (a provider) and from its end (a date, a version); `''` for nothing. */
  readonly front: string
  readonly end: string
}

/** A price and the span of time in which it holds for a model. */
export interface PriceSpan {
  /** Epoch milliseconds; -Infinity for "always". */
  readonly from: number
  /** Null where the model has no price. */
  readonly price: Price | null
}

/** All prices there are, to be looked through rather than looked up. */
export class PriceCatalog {
  readonly layers: PriceLayers
  readonly table: PriceTable
  readonly #layerOf: ReadonlyMap<Price, PriceLayer>

  constructor(layers: PriceLayers) {
    this.layers = layers
    this.table = priceTable(layers.yours, layers.shipped, layers.project, layers.updated)
    this.#layerOf = new Map(
      PRICE_LAYERS.flatMap((layer) => layers[layer].map((price) => [price, layer] as const)),
    )
  }

  /** Every model that some layer lists, each once, by name. */
  models(): readonly string[] {
    const byKey = new Map<string, string>()
    for (const layer of PRICE_LAYERS) {
      for (const { model } of this.layers[layer]) {
        if (!byKey.has(modelKey(model))) byKey.set(modelKey(model), model)
      }
    }
    return [...byKey.values()].toSorted((a, b) => (a < b ? -1 : 1))
  }

  /** The layer of a price of this catalogue; shipped for any other. */
  layerOf(price: Price): PriceLayer {
    return this.#layerOf.get(price) ?? 'shipped'
  }

  /** The other names of a price's model, in its layer. */
  aliasesOf(price: Price): readonly string[] {
    return [...new Set(this.#seriesOf(price).flatMap(({ aliases }) => aliases))]
  }

  /** How the id of a model led to a price that the table gave for it. */
  matchOf(id: string, price: Price): ModelMatch {
    const own = modelKey(price.model)
    const aliases = new Map(this.aliasesOf(price).map((alias) => [modelKey(alias), alias]))
    const key = modelKeys(id).find((one) => one === own || aliases.has(one)) ?? own
    const at = Math.max(0, modelKey(id).indexOf(key))
    return {
      kind: key === own ? 'exact' : 'alias',
      name: key === own ? price.model : (aliases.get(key) ?? price.model),
      front: id.trim().slice(0, at),
      end: id.trim().slice(at + key.length),
    }
  }

  /** What a model cost and will cost, the earliest first; neighbours differ. */
  historyOf(id: string): readonly PriceSpan[] {
    const instants = new Set(PRICE_LAYERS.flatMap((layer) => this.layers[layer].map(({ from }) => from)))
    const spans: PriceSpan[] = []
    for (const from of [-Infinity, ...instants].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
      const price = this.table.priceOf(id, from)
      if (price !== (spans.at(-1)?.price ?? null)) spans.push({ from, price })
    }
    return spans
  }

  #seriesOf(price: Price): readonly Price[] {
    const key = modelKey(price.model)
    return this.layers[this.layerOf(price)].filter(({ model }) => modelKey(model) === key)
  }
}
