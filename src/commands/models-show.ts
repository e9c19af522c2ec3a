import { jsonText } from '../core/json.ts'
import { priceFix } from '../core/judge-quality.ts'
import type { PriceCatalog } from '../core/price-catalog.ts'
import { type Result, success } from '../core/result.ts'
import { formatInstant } from '../core/timestamp.ts'
import { type ModelDetails, modelDetailsText } from '../formats/model-details.ts'
import { historyJson, matchJson, priceJson } from '../formats/price-json.ts'
import { nearestWord } from '../settings/nearest.ts'
import { type Invocation, UsageError, hasFlag } from './command.ts'
import { type ModelsSystem, type OpenCatalog, withCatalog } from './models-catalog.ts'

/** `models show MODEL`: its price, where that comes from, and how the name led to it. Throws `UsageError`. */
export function showModel(invocation: Invocation, system: ModelsSystem): Promise<Result> {
  return withCatalog(invocation, system, (open) => {
    const details = detailsOf(invocation.arguments[1] ?? '', open)
    if (hasFlag(invocation, 'json')) return success(asJson(details))
    return success(modelDetailsText(details, system.terminal.page().ascii))
  })
}

function detailsOf(id: string, { catalog, defaultModel, now }: OpenCatalog): ModelDetails {
  const price = catalog.table.priceOf(id, now) ?? catalog.table.priceOf(id, null)
  if (price === null) throw unknownModel(id, catalog)
  return {
    id,
    isDefault: defaultModel !== null && catalog.table.priceOf(defaultModel, now) === price,
    price,
    layer: catalog.layerOf(price),
    match: catalog.matchOf(id, price),
    aliases: catalog.aliasesOf(price),
    history: catalog.historyOf(id),
    now,
  }
}

/** Names the model that was probably meant. */
export function unknownModel(id: string, catalog: PriceCatalog): UsageError {
  const near = nearestWord(id, catalog.models())
  const meant = near === null ? priceFix(id) : `did you mean ${near}?`
  return new UsageError(`there is no price of ${id}: ${meant}`)
}

function asJson({ id, isDefault, price, layer, match, aliases, history, now }: ModelDetails): string {
  return `${jsonText({
    schema: 1,
    as_of: formatInstant(now),
    ...priceJson(id, price, layer),
    is_default: isDefault,
    match: matchJson(match),
    aliases,
    history: historyJson(history),
  })}\n`
}
