import type { Notice } from './problem.ts'
import type { Origin } from './resolution.ts'
import type { Written } from './written.ts'

/** Takes each key from the last layer that has it, and remembers from where. */
export interface Chooser<Value> {
  /** The value of a key, such as `alerts.action`; `fallback` when no layer has it. */
  readonly pick: <Item>(
    key: string,
    of: (value: Value) => Item | undefined,
    fallback: Item,
    rules?: PickRules<Item>,
  ) => Item
  readonly origins: Map<string, Origin>
  readonly notices: Notice[]
}

/** What a project, which may be a cloned repository, must respect. Trusted layers are not asked. */
export interface PickRules<Item> {
  /** Why a project may not set this value over the one so far (`null` when no layer has set one); null when it may. */
  readonly refusal: (
    item: Item,
    sofar: Item | null,
  ) => { readonly message: string; readonly fix: string } | null
}

/** The rule for keys that count only from the user. */
export const USER_ONLY: PickRules<unknown> = {
  refusal: () => ({
    message: 'is ignored: a project may not set it',
    fix: 'set it in your own settings, or name this directory with --config if you trust it',
  }),
}

/** A chooser among the layers of one file. */
export function chooser<Value>(written: readonly Written<Value>[]): Chooser<Value> {
  const origins = new Map<string, Origin>()
  const notices: Notice[] = []
  const pick: Chooser<Value>['pick'] = (key, of, fallback, rules) => {
    const path = key.split('.')
    let chosen: { readonly item: typeof fallback } | null = null
    for (const { trust, tree, value } of written) {
      const item = of(value)
      if (item === undefined) continue
      const refusal = trust === 'project' && rules ? rules.refusal(item, chosen?.item ?? null) : null
      if (refusal !== null) {
        notices.push(tree.problemAt(path, `\`${key}\` ${refusal.message}`, refusal.fix, 'key'))
        continue
      }
      chosen = { item }
      origins.set(key, { kind: 'file', file: tree.file, line: tree.lineOf(path) })
    }
    return chosen === null ? fallback : chosen.item
  }
  return { pick, origins, notices }
}
