import { jsonText } from '../core/json.ts'
import { modelKey } from '../core/model-id.ts'
import { providerOf } from '../core/model-provider.ts'
import { type Result, success } from '../core/result.ts'
import { formatInstant } from '../core/timestamp.ts'
import type { ListedModel } from '../formats/model-list.ts'
import { priceJson } from '../formats/price-json.ts'
import { type Invocation, UsageError, hasFlag, valueOf } from './command.ts'
import { type ModelsSystem, type OpenCatalog, withCatalog } from './models-catalog.ts'

/** `models list [FILTER]`: every model with a price, now or later. Throws `UsageError`. */
export function listModels(invocation: Invocation, system: ModelsSystem): Promise<Result> {
  return withCatalog(invocation, system, async (open) => {
    const models = wanted(listed(open), invocation)
    if (hasFlag(invocation, 'json')) return success(asJson(models, open))
    // Measuring text needs Unicode tables that other commands must not wait for.
    const { modelListText } = await import('../formats/model-list.ts')
    return success(modelListText(models, open.now, system.terminal.page()))
  })
}

function listed({ catalog, defaultModel, now }: OpenCatalog): readonly ListedModel[] {
  const chosen = defaultModel === null ? null : catalog.table.priceOf(defaultModel, now)
  return catalog.models().flatMap((model): ListedModel[] => {
    const price = catalog.table.priceOf(model, now) ?? catalog.table.priceOf(model, null)
    return price === null
      ? []
      : [{ model, price, layer: catalog.layerOf(price), isDefault: price === chosen }]
  })
}

function wanted(models: readonly ListedModel[], invocation: Invocation): readonly ListedModel[] {
  const [, filter = ''] = invocation.arguments
  const provider = valueOf(invocation, 'provider')
  const providers = [...new Set(models.map(({ model }) => providerOf(model)))].toSorted()
  if (provider !== null && !providers.includes(provider)) {
    throw new UsageError(`there is no provider ${provider}: use one of ${providers.join(', ')}`)
  }
  return models.filter(
    ({ model }) =>
      (provider === null || providerOf(model) === provider) && modelKey(model).includes(modelKey(filter)),
  )
}

function asJson(models: readonly ListedModel[], { defaultModel, now }: OpenCatalog): string {
  return `${jsonText({
    schema: 1,
    as_of: formatInstant(now),
    default_model: defaultModel,
    models: models.map(({ model, price, layer }) => priceJson(model, price, layer)),
  })}\n`
}
