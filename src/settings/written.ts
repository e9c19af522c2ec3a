import type * as z from 'zod/mini'

import type { Notice, Part, Problem, SettingsFile } from './problem.ts'
import type { Layer, Origin, Trust } from './resolution.ts'
import { validate } from './validate.ts'
import { type YamlTree, readYaml } from './yaml-tree.ts'

/** One layer's file, valid by itself. */
export interface Written<Value> {
  readonly trust: Trust
  readonly tree: YamlTree
  readonly value: Value
}

/** The same file of all layers that have it. With problems, what is `written` must not be used. */
export interface Reading<Value> {
  readonly written: readonly Written<Value>[]
  readonly problems: readonly Problem[]
  readonly notices: readonly Notice[]
}

/** One file of all layers, resolved. */
export interface Resolved<Value> {
  readonly part: Part<Value>
  readonly origins: ReadonlyMap<string, Origin>
  readonly notices: readonly Notice[]
}

/** Reads one of the three files from every layer, in their order. */
export function readLayers<Schema extends z.core.$ZodType>(
  layers: readonly Layer[],
  name: SettingsFile,
  schema: Schema,
): Reading<z.infer<Schema>> {
  const written: Written<z.infer<Schema>>[] = []
  const problems: Problem[] = []
  const notices: Notice[] = []
  for (const layer of layers) {
    const source = layer.files[name]
    if (source === undefined) continue
    const tree = readYaml(pathOf(layer, name), source)
    if (tree.kind === 'broken') {
      problems.push(...tree.problems)
      continue
    }
    const validated = validate(tree.value, schema)
    notices.push(...validated.notices)
    if (validated.kind === 'broken') problems.push(...inFileOrder(validated.problems))
    else written.push({ trust: layer.trust, tree: tree.value, value: validated.value })
  }
  return { written, problems, notices }
}

/** The path by which messages name a layer's file. */
export function pathOf(layer: Layer, name: string): string {
  const path = Object.entries(layer.paths ?? {}).find(([file]) => file === name)?.[1]
  return path ?? `${layer.directory.replace(/(?<=.)\/+$/, '')}/${name}`
}

/** As a person meets them from top to bottom: the schema's order is not that of the file. */
function inFileOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
}
