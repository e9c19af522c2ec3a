import { type Scope, SCOPE_KEYS, type ScopeKey } from './budget.ts'
import { matchesGlob } from './glob.ts'
import { type Share, reaches } from './money.ts'
import type { Verdict } from './verdict.ts'

/** What is known of a request. A label that is missing is not known. */
export interface RequestLabels {
  readonly sessionId: string | null
  /** By what budgets are narrowed. */
  readonly labels: { readonly [Key in ScopeKey]?: string }
}

/** How much the budgets that drive the router urge a cheaper model. */
export interface Pressure {
  /** The verdict that makes it: of those used up furthest, the first. */
  readonly verdict: Verdict
  /** spent / limit, floored to six decimals; Infinity for spending against a limit of zero. */
  readonly ratio: number
  /** True when some of the spending in view could not be priced or read: the truth is no lower. */
  readonly isAtLeast: boolean
}

/** The highest ratio among the driving budgets that see the request; null when none does. */
export function pressureOf(
  verdicts: readonly Verdict[],
  driving: readonly string[],
  request: RequestLabels,
): Pressure | null {
  const seen = verdicts.filter((verdict) => driving.includes(verdict.budget.id) && sees(verdict, request))
  const [first, ...others] = seen
  if (first === undefined) return null
  const verdict = others.reduce(
    (most, one) => (ratioOfVerdict(one) > ratioOfVerdict(most) ? one : most),
    first,
  )
  return {
    verdict,
    ratio: ratioOfVerdict(verdict),
    isAtLeast: seen.some(({ lowerBound }) => lowerBound),
  }
}

/** The pressure that a budget makes by itself. */
export function pressureWithin(verdict: Verdict): Pressure {
  return { verdict, ratio: ratioOfVerdict(verdict), isAtLeast: verdict.lowerBound }
}

/** Whether the pressure is at or above a share of the limit; exact. */
export function hasReached({ verdict, ratio }: Pressure, at: Share): boolean {
  return ratio === Infinity || (verdict.ratio !== null && reaches(verdict.spent, verdict.budget.limit, at))
}

/** A label that is not known speaks against nothing. A session's budget sees that session only. */
export function sees({ budget, sessionId }: Verdict, request: RequestLabels): boolean {
  return (sessionId === null || sessionId === request.sessionId) && mayMatch(budget.scope, request)
}

/** Whether every label is known by which a scope is narrowed: only then is it sure that it is meant. */
export function knowsScope(scope: Scope, { labels }: Pick<RequestLabels, 'labels'>): boolean {
  return SCOPE_KEYS.every((key) => scope[key] === undefined || labels[key] !== undefined)
}

function mayMatch(scope: Scope, { labels }: RequestLabels): boolean {
  return SCOPE_KEYS.every((key) => {
    const pattern = scope[key]
    const label = labels[key]
    return pattern === undefined || label === undefined || matchesGlob(pattern, label)
  })
}

/** Nothing spent against a limit of zero is no pressure. */
function ratioOfVerdict({ ratio, exceeded }: Verdict): number {
  return ratio ?? (exceeded ? Infinity : 0)
}
