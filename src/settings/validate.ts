import * as z from 'zod/mini'

import { looksSecret } from '../core/secrets.ts'
import type { UnknownKey } from './leaf.ts'
import { nearestWord } from './nearest.ts'
import { MOST_FINDINGS, type Notice, type Problem } from './problem.ts'
import type { YamlTree } from './yaml-tree.ts'
import { type YamlPath, dotted } from './yaml-values.ts'

/** A file's values as its schema gives them, or what is wrong; most unknown keys are only worth a notice. */
export type Validated<Value> =
  | { readonly kind: 'ok'; readonly value: Value; readonly notices: readonly Notice[] }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[]; readonly notices: readonly Notice[] }

/** Judges the values of a file by a schema made of the leaves and sections of this directory. */
export function validate<Schema extends z.core.$ZodType>(
  tree: YamlTree,
  schema: Schema,
): Validated<z.infer<Schema>> {
  // An empty file, or one of comments only, sets nothing.
  const value = tree.value ?? {}
  const first = z.safeParse(schema, value)
  if (first.success) return { kind: 'ok', value: first.data, notices: [] }
  const issues = first.error.issues.flatMap((issue) => issuesOf(issue))
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys')
  const faults = issues.filter((issue) => issue.code !== 'unrecognized_keys')
  const notices = unknownKeys(tree, unknown, 'ignored')
  const problems = [...unknownKeys(tree, unknown, 'refused'), ...problemsOf(tree, faults)]
  if (problems.length > 0) return { kind: 'broken', problems: problems.slice(0, MOST_FINDINGS), notices }
  // Only keys that are ignored: the file holds without them. The values are this reading's own and may be changed.
  for (const { path, keys } of unknown) {
    const section = valueAt(value, namesOf(path))
    if (typeof section !== 'object' || section === null) continue
    for (const key of keys) Reflect.deleteProperty(section, key)
  }
  const known = z.safeParse(schema, value)
  if (known.success) return { kind: 'ok', value: known.data, notices }
  const remaining = known.error.issues.flatMap((issue) => issuesOf(issue))
  return { kind: 'broken', problems: problemsOf(tree, remaining), notices }
}

/**
 * The value at a path as written, shortened and in quotes: no escape sequence in it reaches a terminal, and no key that
 * was pasted into the wrong line reaches the log of a build.
 */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a section'
  const text = String(value)
  if (looksSecret(text)) return 'what looks like a secret key'
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
}

/**
 * What is wrong with a value that may be written in several ways: all that is wrong with it in the one way of which it
 * has the form; when it has none of these forms, that.
 */
function issuesOf(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const ways = issue.errors.filter((way) =>
    way.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  )
  if (ways.length !== 1) return [issue]
  return ways
    .flat()
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap((inner) => issuesOf(inner))
}

function problemsOf(tree: YamlTree, issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.slice(0, MOST_FINDINGS).map((issue) => {
    const path = namesOf(issue.path)
    const name = path.length === 0 ? 'the file' : dotted(path)
    const written = valueAt(tree.value, path)
    if (written === undefined) return tree.problemAt(path, `${name} is missing`, issue.message)
    if (written === null) {
      return tree.problemAt(path, `${name} has no value`, `${issue.message}, or remove the key`)
    }
    if (issue.code === 'too_big') return tree.problemAt(path, `${name} is too long`, issue.message)
    const refused = issue.code === 'custom' ? String(issue.params?.['refused'] ?? '') : ''
    return tree.problemAt(path, `${name} is ${shown(written)}${refused}`, issue.message)
  })
}

/** What there is to say about the unknown keys of one meaning. */
function unknownKeys(
  tree: YamlTree,
  issues: readonly z.core.$ZodIssueUnrecognizedKeys[],
  meaning: UnknownKey,
): Problem[] {
  const unknown = issues.flatMap(({ path, keys, message }) => {
    const [said, ...known] = message.split(' ')
    return said === meaning ? keys.map((key) => ({ section: namesOf(path), key, known })) : []
  })
  return unknown.slice(0, MOST_FINDINGS).map(({ section, key, known }) => {
    const near = nearestWord(key, known)
    const fix = near === null ? `remove it; known here: ${known.join(', ')}` : `did you mean \`${near}\`?`
    const name = dotted([...section, key])
    const message = `unknown key \`${name}\`${meaning === 'ignored' ? ' is ignored' : ''}`
    return tree.problemAt([...section, key], message, fix, 'key')
  })
}

/** zod allows symbols in paths; YAML has none. */
function namesOf(path: readonly PropertyKey[]): YamlPath {
  return path.map((part) => (typeof part === 'symbol' ? String(part) : part))
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
    value,
  )
}
