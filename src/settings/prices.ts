import type { PriceBlock } from '../core/price-block.ts'
import { type WrittenPrice, type WrittenPrices, pricesSchema } from './prices-schema.ts'
import type { Problem } from './problem.ts'
import type { Layer, Origin } from './resolution.ts'
import type { UserPrice } from './settings.ts'
import { type Resolved, type Written, readLayers } from './written.ts'
import type { YamlPath } from './yaml-values.ts'

/** What the layers' `prices.yaml` say together: the user's prices, then the project's, which only fill gaps. */
export function resolvePrices(layers: readonly Layer[]): Resolved<readonly UserPrice[]> {
  const { written, problems, notices } = readLayers(layers, 'prices.yaml', pricesSchema)
  const faults = [...problems, ...written.flatMap(repeatedPrices)]
  if (faults.length > 0) return { part: { kind: 'broken', problems: faults }, origins: new Map(), notices }
  const origins = new Map<string, Origin>()
  const prices = written.flatMap(({ trust, tree, value }) =>
    (value.prices ?? []).map((price, index): UserPrice => {
      const line = tree.lineOf(pathOf(index))
      const key = `prices.${price.model}`
      if (!origins.has(key)) origins.set(key, { kind: 'file', file: tree.file, line })
      return {
        block: blockOf(price),
        fromProject: trust === 'project',
        source: `${tree.file}:${line}`,
      }
    }),
  )
  return { part: { kind: 'ok', value: prices }, origins, notices }
}

/** The price without the keys that the user left out or empty. */
function blockOf({ aliases, long_context, region, ...price }: WrittenPrice): PriceBlock {
  return {
    ...price,
    aliases: aliases ?? undefined,
    long_context: long_context ?? undefined,
    region: region ?? undefined,
  }
}

/** The same model from the same date twice: nobody could say which of the two holds. */
function repeatedPrices({ tree, value }: Written<WrittenPrices>): Problem[] {
  const lines = new Map<string, number>()
  return (value.prices ?? []).flatMap(({ model, from = '' }, index) => {
    const key = `${model}\0${from}`
    const first = lines.get(key)
    if (first === undefined) {
      lines.set(key, tree.lineOf(pathOf(index)))
      return []
    }
    const since = from === '' ? '' : ` from ${from}`
    const message = `there are two prices of ${model}${since}, the first on line ${first}`
    return [tree.problemAt(pathOf(index), message, 'remove one of them, or give it another `from:`')]
  })
}

function pathOf(index: number): YamlPath {
  return ['prices', index]
}
