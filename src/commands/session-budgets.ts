import { type Budget, isGlobal } from '../core/budget.ts'

/** The only budgets of which the fold itself keeps a sum. */
export function scopedSessionBudgets(budgets: readonly Budget[]): readonly Budget[] {
  return budgets.filter((budget) => budget.kind === 'per_session' && !isGlobal(budget))
}
