import { matchesGlob } from '../core/glob.ts'
import { modelKey } from '../core/model-id.ts'
import type { PriceCatalog } from '../core/price-catalog.ts'
import type { Price } from '../core/price.ts'
import { UsageError } from './command.ts'
import { unknownModel } from './models-show.ts'

/** The prices, as of an instant, of models that a list such as `claude-*,gpt-5` names, each once. Throws `UsageError`. */
export function modelsNamed(list: string, catalog: PriceCatalog, now: number): readonly Price[] {
  const names = list.split(',').map((name) => name.trim())
  return [...new Set(names.flatMap((name) => pricesOf(name, catalog, now)))]
}

/** Of every model that has a price at an instant. */
export function pricedModels(catalog: PriceCatalog, now: number): readonly Price[] {
  return catalog.models().flatMap((model) => catalog.table.priceOf(model, now) ?? [])
}

/** The price of one model. Throws `UsageError`, which names the model that was probably meant. */
export function modelNamed(name: string, catalog: PriceCatalog, now: number): Price {
  const price = catalog.table.priceOf(name, now)
  if (price === null) throw unknownModel(name, catalog)
  return price
}

function pricesOf(name: string, catalog: PriceCatalog, now: number): readonly Price[] {
  if (!name.includes('*')) return [modelNamed(name, catalog, now)]
  const found = pricedModels(catalog, now).filter(({ model }) => matchesGlob(modelKey(name), modelKey(model)))
  if (found.length === 0) throw new UsageError(`no model matches ${name}: ai-costs models lists them`)
  return found
}
