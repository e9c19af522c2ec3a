import {
  type Document,
  LineCounter,
  type Node,
  type Pair,
  type Scalar,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml'

import type { Part, Problem } from './problem.ts'
import { syntaxProblem } from './yaml-syntax.ts'

/** From the root to a value: `['budgets', 'scoped', 0, 'daily']`. */
export type YamlPath = readonly (string | number)[]

/** A settings file, read: plain values and where each of them stands. */
export interface YamlTree {
  readonly file: string
  /**
   * Mappings without prototype, arrays, strings, booleans and null. Every number is the text that the user wrote, so
   * that money is exact: `0.80` is `"0.80"`, and `010` is `"010"`, which is ten and not eight.
   */
  readonly value: unknown
  /** A problem at the value of the path, or at its key; a path that is not there is sought from its parent. */
  readonly problemAt: (path: YamlPath, message: string, fix: string, at?: 'value' | 'key') => Problem
  /** The line of the path's key; 1 when it is not there. */
  readonly lineOf: (path: YamlPath) => number
}

/** Larger files are refused unread: parsing time grows with size, and no hand-written settings come near. */
export const MAX_CHARACTERS = 256 * 1024

/** Each alias may repeat a whole subtree: ten are plenty for a person and too few for a bomb. */
const MAX_ALIASES = 10

/**
 * Reads one YAML 1.2 document (core schema: `yes` and `22:00` are text). Refuses what settings never need and what
 * could surprise or stall: tags, merge keys, duplicate keys, second documents, many aliases, more than 256 KiB.
 * Never throws.
 */
export function readYaml(file: string, source: string): Part<YamlTree> {
  const text = source.replace(/^\uFEFF/, '')
  if (text.length > MAX_CHARACTERS) {
    const message = `the file is larger than ${MAX_CHARACTERS / 1024} KiB`
    const problem = { file, line: 1, column: 1, text: '', message, fix: 'keep only settings in it' }
    return { kind: 'broken', problems: [problem] }
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    // Also switched off under a `%YAML 1.1` directive, which would otherwise bring them back.
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The parser compares all pairs of keys; the walk below finds duplicates in linear time and names both lines.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter,
  })
  const lines = text.split('\n')
  const problemAtOffset = (offset: number, message: string, fix: string): Problem => {
    const { line, col } = lineCounter.linePos(offset)
    const lineText = (lines[line - 1] ?? '').replace(/\r$/, '')
    return { file, line: Math.max(1, line), column: Math.max(1, col), text: lineText, message, fix }
  }
  // One slip makes many syntax errors; only the first helps.
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) {
    return { kind: 'broken', problems: [syntaxProblem(fault, problemAtOffset)] }
  }
  const walk = new Walk(document, (offset) => lineCounter.linePos(offset).line)
  const value = walk.valueOf(document.contents, [], 0)
  if (walk.faults.length > 0) {
    return {
      kind: 'broken',
      problems: walk.faults.map(({ offset, message, fix }) => problemAtOffset(offset, message, fix)),
    }
  }
  return {
    kind: 'ok',
    value: {
      file,
      value,
      problemAt: (path, message, fix, at = 'value') =>
        problemAtOffset(walk.offsetOf(path, at), message, fix),
      lineOf: (path) => Math.max(1, lineCounter.linePos(walk.offsetOf(path, 'key')).line),
    },
  }
}

interface Fault {
  readonly offset: number
  readonly message: string
  readonly fix: string
}

/** Turns the nodes of a document into plain values and remembers where each stood. */
class Walk {
  readonly faults: Fault[] = []
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
    if (isAlias(node)) return this.aliasValue(node.resolve(this.document), path, offset)
    if (isMap(node)) return this.mapValue(node.items as Pair<Node, Node | null>[], path)
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const itemNode = item as Node | null
        return this.valueOf(itemNode, [...path, index], itemNode?.range?.[0] ?? offset)
      })
    }
    return isScalar(node) ? scalarValue(node) : null
  }

  private aliasValue(target: Node | undefined, path: YamlPath, offset: number): unknown {
    if (target === undefined) {
      this.refuse(offset, 'the alias (`*`) names no anchor', 'put the text in quotes, or write the value itself')
      return null
    }
    this.aliases++
    if (this.aliases === MAX_ALIASES + 1) {
      this.refuse(offset, `there are more than ${MAX_ALIASES} aliases`, 'write the values themselves')
    }
    return this.aliases > MAX_ALIASES ? null : this.valueOf(target, path, offset)
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
        const dotted = [...path, name].join('.')
        this.refuse(offset, `${dotted} is set twice, first on line ${this.lineAt(first)}`, 'remove one of them')
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
