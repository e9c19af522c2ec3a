import { BUDGET_KINDS, type Budget } from '../core/budget.ts'
import { nearestWord } from './nearest.ts'
import type { Notice } from './problem.ts'
import type { Written } from './written.ts'
import type { WrittenModelRouter } from './model-router-schema.ts'
import { shown } from './validate.ts'

/** Each id that exists; where both layers name a budget, its one name in the router's file means both. */
export function drivingBudgets(ids: readonly string[], budgets: readonly Budget[]): readonly string[] {
  const existing = new Set(budgets.map(({ id }) => id))
  return [...new Set(ids.flatMap((id) => [id, `project:${id}`]))].filter((id) => existing.has(id))
}

/**
 * Notices for ids that are no budget. The plain kinds are left out: a router's file may name them all, whichever of
 * them are limited.
 */
export function unknownDrivers(
  { tree, value }: Written<WrittenModelRouter>,
  budgets: readonly Budget[],
): readonly Notice[] {
  const known = budgets.map(({ id }) => id)
  return (value.downgrade?.budgets ?? []).flatMap((id, index) => {
    if (known.includes(id) || BUDGET_KINDS.some((kind) => kind === id)) return []
    const near = nearestWord(id, known)
    const fix = near === null ? `write one of ${known.join(', ')}` : `did you mean \`${near}\`?`
    const message = `downgrade.budgets names ${shown(id)}, which is no budget`
    return [tree.problemAt(['downgrade', 'budgets', index], message, fix)]
  })
}
