import type { PriceBlock } from './price-block.ts'

/** What a `models.json` (id, pattern, pricing) says, as prices of exact ids. */
export interface ImportedModels {
  readonly blocks: readonly PriceBlock[]
  /** The id that the file calls the default; null when it names none. */
  readonly defaultModel: string | null
  /** What was not taken over, as sentences. */
  readonly warnings: readonly string[]
}

/**
 * Reads `{"models": [{"id", "pattern", "pricing": {"input", "output", "cache_write", "cache_read"}}]}`, dollars per
 * million tokens. Ids are kept. Patterns are not: `claude-opus-4-.*` also matches Opus 4.5, which then costs three
 * times what it does; an id is found without its date anyway. Null when the JSON is no such file.
 */
export function importedModels(json: unknown): ImportedModels | null {
  const models = member(json, 'models')
  if (!Array.isArray(models)) return null
  const blocks: PriceBlock[] = []
  const warnings: string[] = []
  let defaultModel: string | null = null
  for (const [index, model] of models.entries()) {
    const id = member(model, 'id')
    if (typeof id !== 'string' || id.trim() === '') {
      warnings.push(`models[${index}] has no id and is left out: give it one`)
      continue
    }
    const block = blockOf(id, member(model, 'pricing'))
    if (block === null) {
      warnings.push(`${id} has no pricing.input and pricing.output and is left out: add them`)
      continue
    }
    blocks.push(block)
    if (member(model, 'is_default') === true) defaultModel = id
    const pattern = member(model, 'pattern')
    if (typeof pattern === 'string' && isWide(pattern, id)) {
      warnings.push(
        `the pattern ${pattern} of ${id} is dropped, because it prices other versions too: name each model, an id is found with and without its date`,
      )
    }
  }
  return { blocks, defaultModel, warnings }
}

function blockOf(id: string, pricing: unknown): PriceBlock | null {
  const input = decimal(member(pricing, 'input'))
  const output = decimal(member(pricing, 'output'))
  if (input === undefined || output === undefined) return null
  const rates = {
    cache_read: decimal(member(pricing, 'cache_read')),
    cache_write: decimal(member(pricing, 'cache_write')),
    cache_write_1h: decimal(member(pricing, 'cache_write_1h')),
  }
  return { model: id, input, output, ...rates }
}

/** Whether a pattern says more than the id itself. */
function isWide(pattern: string, id: string): boolean {
  return pattern.replace(/^\^|\$$/g, '').replaceAll('\\', '') !== id
}

function decimal(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}
