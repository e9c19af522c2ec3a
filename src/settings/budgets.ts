import { type Action, BUDGET_KINDS, type Budget, SCOPE_KEYS, type Scope } from '../core/budget.ts'
import type { Share } from '../core/money.ts'
import type { WrittenCostLimits, WrittenScopedBudget } from './cost-limits-schema.ts'
import type { Problem } from './problem.ts'
import type { Origin } from './resolution.ts'
import { thresholdProblem } from './thresholds.ts'
import type { Written } from './written.ts'
import type { YamlPath } from './yaml-values.ts'

/** What the budgets take that do not set their own. */
export interface BudgetDefaults {
  readonly thresholdWarning: Share
  readonly thresholdCritical: Share
  readonly action: Action
}

export interface BudgetList {
  readonly budgets: readonly Budget[]
  /** By `budgets.<id>`. */
  readonly origins: ReadonlyMap<string, Origin>
  readonly problems: readonly Problem[]
}

/**
 * The budgets of all layers; where two layers name the same id, both hold and the project's is `project:<id>`. The
 * same id twice in one file is a problem, because nobody could tell the two apart.
 */
export function budgetsOf(
  written: readonly Written<WrittenCostLimits>[],
  defaults: BudgetDefaults,
): BudgetList {
  const budgets: Budget[] = []
  const origins = new Map<string, Origin>()
  const problems: Problem[] = []
  for (const layer of written) {
    const taken = new Set(budgets.map(({ id }) => id))
    const lines = new Map<string, number>()
    for (const { path, budget, problem } of layerBudgets(layer, defaults)) {
      if (problem !== undefined) {
        problems.push(problem)
        continue
      }
      const line = layer.tree.lineOf(path)
      const first = lines.get(budget.id)
      if (first !== undefined) {
        const message = `this budget has the same id \`${budget.id}\` as the one on line ${first}`
        problems.push(layer.tree.problemAt(path, message, 'give one of the two another `name`', 'key'))
        continue
      }
      lines.set(budget.id, line)
      const id = taken.has(budget.id) ? `project:${budget.id}` : budget.id
      budgets.push({ ...budget, id })
      origins.set(`budgets.${id}`, { kind: 'file', file: layer.tree.file, line })
    }
  }
  return { budgets, origins, problems }
}

type LayerBudget =
  | { readonly path: YamlPath; readonly budget: Budget; readonly problem?: undefined }
  | { readonly path: YamlPath; readonly budget?: undefined; readonly problem: Problem }

function layerBudgets(layer: Written<WrittenCostLimits>, defaults: BudgetDefaults): LayerBudget[] {
  const { budgets } = layer.value
  if (!budgets) return []
  const global = BUDGET_KINDS.flatMap((kind): LayerBudget[] => {
    const limit = budgets[kind]
    if (limit === undefined) return []
    return [
      { path: ['budgets', kind], budget: { id: kind, name: kind, kind, scope: {}, limit, ...defaults } },
    ]
  })
  const scoped = (budgets.scoped ?? []).flatMap((item, index) =>
    scopedBudgets(layer, item, ['budgets', 'scoped', index], defaults),
  )
  return [...global, ...scoped]
}

function scopedBudgets(
  { tree }: Written<WrittenCostLimits>,
  item: WrittenScopedBudget,
  path: YamlPath,
  defaults: BudgetDefaults,
): LayerBudget[] {
  const scope: Scope = Object.fromEntries(
    SCOPE_KEYS.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])),
  )
  const refuse = (message: string, fix: string): LayerBudget[] => [
    { path, problem: tree.problemAt(path, message, fix) },
  ]
  if (Object.keys(scope).length === 0) {
    return refuse(
      'this scoped budget names no scope',
      `add one of ${SCOPE_KEYS.join(', ')}, or move it up to \`budgets:\``,
    )
  }
  const kinds = BUDGET_KINDS.filter((kind) => item[kind] !== undefined)
  if (kinds.length === 0) {
    return refuse('this scoped budget sets no limit', `add one of ${BUDGET_KINDS.join(', ')}`)
  }
  const thresholdWarning = item.threshold_warning ?? defaults.thresholdWarning
  const thresholdCritical = item.threshold_critical ?? defaults.thresholdCritical
  // When neither is its own, the pair is that of `alerts`, which is judged there.
  const own = item.threshold_warning ?? item.threshold_critical
  const problem = own === undefined ? null : thresholdProblem(tree, path, thresholdWarning, thresholdCritical)
  if (problem !== null) return [{ path, problem }]
  const name =
    item.name ??
    Object.entries(scope)
      .map(([key, pattern]) => `${key}=${pattern}`)
      .join(',')
  const action = item.action ?? defaults.action
  return kinds.flatMap((kind) => {
    const limit = item[kind]
    if (limit === undefined) return []
    const id = `${name}/${kind}`
    const budget = { id, name, kind, scope, limit, thresholdWarning, thresholdCritical, action }
    return [{ path: [...path, kind], budget }]
  })
}
