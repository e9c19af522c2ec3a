import { type ImportedModels, importedModels } from '../core/models-json.ts'
import { type PriceBlock, priceFromBlock } from '../core/price-block.ts'
import type { PriceCatalog } from '../core/price-catalog.ts'
import { perMillionText } from '../core/price-text.ts'
import type { Price } from '../core/price.ts'
import { EXIT, type Result } from '../core/result.ts'
import { type Invocation, UsageError } from './command.ts'
import { type ModelsSystem, withCatalog } from './models-catalog.ts'
import { orNotSaved, ownFile, said, saveOwnFile, withWarnings } from './models-edit.ts'

const MAX_BYTES = 5 << 20

/** `models import FILE`: the prices of a `models.json`, by exact id, into the user's `prices.yaml`. Throws `UsageError`. */
export function importModels(invocation: Invocation, system: ModelsSystem): Promise<Result> {
  const path = invocation.arguments[1] ?? ''
  return withCatalog(
    invocation,
    system,
    ({ catalog, now }) =>
      orNotSaved(async () => {
        const imported = readModels(path, system)
        const sorted = imported.blocks.map((block) => sortedOut(block, catalog, now))
        const blocks = sorted.flatMap(({ block }) => block ?? [])
        const warnings = [...imported.warnings, ...sorted.flatMap(({ warning }) => warning ?? [])]
        const lines = [...blocks.map(blockText), ...defaultHint(imported)]
        const saved =
          blocks.length === 0
            ? said([`nothing to import: every model in ${path} has a price already`, ...lines])
            : await addPrices(blocks, lines, invocation, system)
        return withWarnings(saved, warnings)
      }),
    EXIT.notSaved,
  )
}

async function addPrices(
  blocks: readonly PriceBlock[],
  lines: readonly string[],
  invocation: Invocation,
  system: ModelsSystem,
): Promise<Result> {
  const file = ownFile(invocation, 'prices.yaml', system)
  const { withPrices } = await import('../settings/edit-yaml.ts')
  return saveOwnFile(file, 'prices.yaml', withPrices(file.text ?? '', blocks), lines, invocation, system)
}

function blockText({ model, input, output }: PriceBlock): string {
  return `${model}: $${input} in, $${output} out per million`
}

function readModels(path: string, { files }: ModelsSystem): ImportedModels {
  const text = files.readText(path, MAX_BYTES, 'follow')
  if (text === undefined) throw new UsageError(`there is no file ${path}: name a models.json`)
  const imported = importedModels(parsed(text, path))
  if (imported !== null) return imported
  throw new UsageError(`${path} has no list "models": name a models.json with ids and their pricing`)
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${path} is no JSON: name a models.json`)
  }
}

interface SortedOut {
  readonly block?: PriceBlock
  readonly warning?: string
}

/**
 * Takes what nobody prices yet. A price that is known already needs no line; one that contradicts it is said aloud and
 * left to the user, because such files are rarely kept up to date, and what stands in `prices.yaml` wins.
 */
function sortedOut(block: PriceBlock, { table }: PriceCatalog, now: number): SortedOut {
  const known = table.priceOf(block.model, now)
  if (known === null) return { block }
  if (agrees(block, known)) return {}
  const { model, input, output } = block
  const { rates, source } = known
  return {
    warning: `${model} is not imported at $${input} in, $${output} out, because $${perMillionText(rates.input)} in, $${perMillionText(rates.output)} out is what ${source} says: if you pay that, ai-costs models add ${model} --input ${input} --output ${output}`,
  }
}

function agrees(block: PriceBlock, known: Price): boolean {
  try {
    const { rates } = priceFromBlock(block, 'import')
    return (
      rates.input === known.rates.input &&
      rates.output === known.rates.output &&
      (block.cache_read === undefined || rates.cacheRead === known.rates.cacheRead) &&
      (block.cache_write === undefined || rates.cacheWrite === known.rates.cacheWrite)
    )
  } catch {
    // It is refused with its line once it stands in the file.
    return false
  }
}

function defaultHint({ defaultModel }: ImportedModels): readonly string[] {
  return defaultModel === null
    ? []
    : [`the file's default model: ai-costs models set-default ${defaultModel}`]
}
