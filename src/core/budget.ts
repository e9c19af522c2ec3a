import type { Money, Share } from './money.ts'

export const PERIOD_KINDS = ['daily', 'weekly', 'monthly'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

export const BUDGET_KINDS = [...PERIOD_KINDS, 'per_session'] as const
export type BudgetKind = (typeof BUDGET_KINDS)[number]

/** The labels of a record by which a budget can be narrowed, in the words of the settings file. */
export const SCOPE_KEYS = [
  'project',
  'model',
  'tool',
  'task_type',
  'task_id',
  'enhancement',
  'project_code',
] as const
export type ScopeKey = (typeof SCOPE_KEYS)[number]

/** Which records a budget counts: every named label must match its pattern (`*` is a wildcard). `{}` is everything. */
export type Scope = { readonly [Key in ScopeKey]?: string }

/** What hooks do when the budget is critical. */
export const ACTIONS = ['warn', 'pause', 'block'] as const
export type Action = (typeof ACTIONS)[number]

/** What unpriced or rejected spend means for a judgement. */
export const UNPRICED_RULES = ['ignore', 'warn', 'fail'] as const
export type UnpricedRule = (typeof UNPRICED_RULES)[number]

/** A limit in USD for a kind of period and a scope. */
export interface Budget {
  /** `daily` for a global budget, `opus/daily` for a scoped one, `project:daily` when both layers name it. */
  readonly id: string
  /** The kind for a global budget, the scope's name (`opus`, `project=my-app`) for a scoped one. */
  readonly name: string
  readonly kind: BudgetKind
  readonly scope: Scope
  /** Zero means "spend nothing". */
  readonly limit: Money
  readonly thresholdWarning: Share
  readonly thresholdCritical: Share
  readonly action: Action
}

export function isGlobal(budget: Pick<Budget, 'scope'>): boolean {
  return Object.keys(budget.scope).length === 0
}
