import {
  type Alias,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  isAlias,
  isMap,
  isScalar,
  isSeq,
} from 'yaml'

/** From the root to a value: `['budgets', 'scoped', 0, 'daily']`. */
export type YamlPath = readonly (string | number)[]

/** `budgets.scoped[0].daily`; keys are shortened and their control characters escaped, for messages. */
export function dotted(path: YamlPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const name = JSON.stringify(part.slice(0, 60)).slice(1, -1)
    return text === '' ? name : `${text}.${name}`
  }, '')
}

/** Something that is YAML, but not what settings may hold. */
export interface YamlFault {
  readonly offset: number
  readonly message: string
  readonly fix: string
}

/** The plain values of a document, and the offsets in its text at which they stand. */
export interface YamlValues {
  readonly value: unknown
  /** Of a path that is not there: the offset of the nearest parent that is. */
  readonly offsetOf: (path: YamlPath, at: 'value' | 'key') => number
  readonly faults: readonly YamlFault[]
}

/** Each alias may repeat a whole subtree: ten are plenty for a person and too few for a bomb. */
const MAX_ALIASES = 10

/** Turns the nodes of a document into mappings without prototype, arrays, booleans, null and text (also for numbers). */
export function valuesOf(document: Document, lineAt: (offset: number) => number): YamlValues {
  const walk = new Walk(document, lineAt)
  const value = walk.valueOf(document.contents, [], 0)
  return { value, offsetOf: (path, at) => walk.offsetOf(path, at), faults: walk.faults }
}

class Walk {
  readonly faults: YamlFault[] = []
  private readonly offsets = new Map<string, { readonly key: number; readonly value: number }>()
  private aliases = 0
  private readonly document: Document
  private readonly lineAt: (offset: number) => number

  constructor(document: Document, lineAt: (offset: number) => number) {
    this.document = document
    this.lineAt = lineAt
  }

  offsetOf(path: YamlPath, at: 'value' | 'key'): number {
    for (let length = path.length; length >= 0; length--) {
      const found = this.offsets.get(pathKey(path.slice(0, length)))
      if (found !== undefined) return found[at]
    }
    return 0
  }

  valueOf(node: Node | null, path: YamlPath, keyOffset: number): unknown {
    const offset = node?.range?.[0] ?? keyOffset
    this.offsets.set(pathKey(path), { key: keyOffset, value: offset })
    if (isAlias(node)) return this.aliasValue(node, path, offset)
    if (isMap(node)) return this.mapValue(node.items as Pair<Node, Node | null>[], path)
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const itemNode = item as Node | null
        return this.valueOf(itemNode, [...path, index], itemNode?.range?.[0] ?? offset)
      })
    }
    return isScalar(node) ? scalarValue(node) : null
  }

  private aliasValue(alias: Alias, path: YamlPath, offset: number): unknown {
    // Counted first: finding the anchor takes a walk through the whole document.
    this.aliases++
    if (this.aliases === MAX_ALIASES + 1) {
      this.refuse(offset, `there are more than ${MAX_ALIASES} aliases`, 'write the values themselves')
    }
    if (this.aliases > MAX_ALIASES) return null
    const target = alias.resolve(this.document)
    if (target !== undefined) return this.valueOf(target, path, offset)
    const fix = 'put the text in quotes, or write the value itself'
    this.refuse(offset, 'the alias (`*`) names no anchor', fix)
    return null
  }

  private mapValue(pairs: readonly Pair<Node, Node | null>[], path: YamlPath): unknown {
    const map: Record<string, unknown> = Object.create(null)
    const seen = new Map<string, number>()
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(key.value ?? '') : ''
      const offset = key.range?.[0] ?? 0
      const first = seen.get(name)
      if (name === '<<') {
        this.refuse(offset, 'merge keys (`<<`) are not read', 'repeat the keys that you want to reuse')
      } else if (first !== undefined) {
        const message = `${dotted([...path, name])} is set twice, first on line ${this.lineAt(first)}`
        this.refuse(offset, message, 'remove one of them')
      }
      seen.set(name, first ?? offset)
      map[name] = this.valueOf(value, [...path, name], offset)
    }
    return map
  }

  private refuse(offset: number, message: string, fix: string): void {
    this.faults.push({ offset, message, fix })
  }
}

function scalarValue(scalar: Scalar): unknown {
  const { value } = scalar
  return typeof value === 'number' || typeof value === 'bigint' ? (scalar.source ?? String(value)) : value
}

function pathKey(path: YamlPath): string {
  return path.join('\0')
}
