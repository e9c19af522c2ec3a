import type { Scope } from './budget.ts'
import { type Groups, matchesScope } from './groups.ts'

/** Who of those that watch a scope sees a group: each group is looked at once, however many cells it has. */
export function watchersIn<Watched extends { readonly scope: Scope }>(
  groups: Groups,
  watched: readonly Watched[],
): (group: number) => readonly Watched[] {
  const known: (readonly Watched[])[] = []
  return (group) => (known[group] ??= watched.filter(({ scope }) => matchesScope(scope, groups.at(group))))
}
