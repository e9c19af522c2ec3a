import type { Budget, BudgetKind, Scope } from '../../src/core/budget.ts'
import { type Money, type Share, parseMoney, parseShare } from '../../src/core/money.ts'

export function usd(text: string): Money {
  const money = parseMoney(text)
  if (money === null) throw new Error(`${text} is no money`)
  return money
}

export function share(text: string): Share {
  const parsed = parseShare(text)
  if (parsed === null) throw new Error(`${text} is no share`)
  return parsed
}

/** A budget with the thresholds that hold when nobody sets others. */
export function aBudget(kind: BudgetKind, limit: string, scope: Scope = {}): Budget {
  const name = Object.entries(scope)
    .map(([key, pattern]) => `${key}=${pattern}`)
    .join(',')
  return {
    id: name === '' ? kind : `${name}/${kind}`,
    name: name === '' ? kind : name,
    kind,
    scope,
    limit: usd(limit),
    thresholdWarning: share('0.80'),
    thresholdCritical: share('0.95'),
    action: 'warn',
  }
}
