import type { PriceBlock } from '../core/price-block.ts'
import { EXIT, type Result } from '../core/result.ts'
import { type Invocation, UsageError, valueOf } from './command.ts'
import { type ModelsSystem, withCatalog } from './models-catalog.ts'
import { orNotSaved, ownFile, saveOwnFile } from './models-edit.ts'

/** `models add MODEL --input USD --output USD …`: one more price in the user's `prices.yaml`. Throws `UsageError`. */
export function addModel(invocation: Invocation, system: ModelsSystem): Promise<Result> {
  const block = typedBlock(invocation)
  return withCatalog(
    invocation,
    system,
    ({ catalog, now }) =>
      orNotSaved(async () => {
        const file = ownFile(invocation, 'prices.yaml', system)
        const { withPrices } = await import('../settings/edit-yaml.ts')
        const known = catalog.table.priceOf(block.model, now)
        const instead =
          known === null ? '' : `, instead of the price of ${catalog.layerOf(known)}: ${known.source}`
        const since = block.from === undefined ? '' : ` from ${block.from}`
        const done = `${block.model}: $${block.input} in, $${block.output} out per million${since}${instead}`
        return saveOwnFile(
          file,
          'prices.yaml',
          withPrices(file.text ?? '', [block]),
          [done],
          invocation,
          system,
        )
      }),
    EXIT.notSaved,
  )
}

/** What the rules of `prices.yaml` decide about is judged once it is written there; only what YAML would change is refused here. */
function typedBlock(invocation: Invocation): PriceBlock {
  const decimal = (name: string): string | undefined => {
    const text = valueOf(invocation, name)
    if (text === null) return undefined
    if (/^\d{1,9}(\.\d{1,6})?$/.test(text)) return text
    throw new UsageError(
      `--${name} is "${text}": write USD per million tokens with at most six decimals, such as 3.00`,
    )
  }
  const [input, output] = [decimal('input'), decimal('output')]
  if (input === undefined || output === undefined) {
    throw new UsageError('models add needs --input USD and --output USD, per million tokens')
  }
  const aliases = (valueOf(invocation, 'alias') ?? '').split(',').filter((name) => name !== '')
  return {
    model: invocation.arguments[1] ?? '',
    aliases: aliases.length === 0 ? undefined : aliases,
    from: valueOf(invocation, 'from') ?? undefined,
    input,
    output,
    cache_read: decimal('cache-read'),
    cache_write: decimal('cache-write'),
    cache_write_1h: decimal('cache-write-1h'),
  }
}
