import type { RatesOf } from '../../src/core/cheaper.ts'
import type { RouteRequest } from '../../src/core/choose.ts'
import type { Matched } from '../../src/core/match-prompt.ts'
import { picodollarsOf, ratioOf } from '../../src/core/money.ts'
import type { RouterRule, RouterSettings } from '../../src/core/router.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { aBudget, share, usd } from '../kit/a-budget.ts'
import type { BudgetKind, Scope } from '../../src/core/budget.ts'

/** Dollars per million tokens, in and out. */
const RATES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  opus: [15n, 75n],
  sonnet: [3n, 15n],
  haiku: [1n, 5n],
  free: [0n, 0n],
  // Cheaper to ask, dearer to answer.
  odd: [1n, 90n],
}

/** Prices of models `m-opus`, `m-sonnet`, `m-haiku`, `m-free` and `m-odd`; `m-acme` has none. */
export const ratesOf: RatesOf = (model) => {
  const rates = RATES[model.replace(/^m-/, '')]
  if (rates === undefined) return null
  const [input, output] = rates.map((amount) => picodollarsOf(amount * 1_000_000n))
  return { input: input ?? picodollarsOf(0n), output: output ?? picodollarsOf(0n) }
}

export function aRule(pattern: string, model: string, rest: Partial<RouterRule> = {}): RouterRule {
  return { pattern, model, reason: '', minModel: null, ...rest }
}

/** A router with a step to `m-sonnet` at half and one to `m-haiku` at four fifths of the daily budget. */
export function aRouter(rest: Partial<RouterSettings> = {}): RouterSettings {
  return {
    rules: [],
    default: 'm-opus',
    downgrade: {
      budgets: ['daily'],
      steps: [
        { at: share('0.5'), model: 'm-sonnet' },
        { at: share('0.8'), model: 'm-haiku' },
      ],
      protect: null,
    },
    ...rest,
  }
}

/** So much spent of a budget of ten dollars, or of another limit. */
export function aVerdict(
  spent: string,
  {
    kind = 'daily' as BudgetKind,
    limit = '10',
    scope = {} as Scope,
    ...rest
  }: Partial<Verdict> & {
    readonly kind?: BudgetKind
    readonly limit?: string
    readonly scope?: Scope
  } = {},
): Verdict {
  const budget = aBudget(kind, limit, scope)
  const ratio = ratioOf(usd(spent), usd(limit))
  return {
    budget,
    sessionId: null,
    period: null,
    spent: usd(spent),
    lowerBound: false,
    ratio,
    level: 'ok',
    exceeded: usd(spent) > 0n && usd(spent) >= usd(limit),
    ...rest,
  }
}

export const NO_MATCH: Matched = { rule: null, isProtected: false }

export function aRequest(rest: Partial<RouteRequest> = {}): RouteRequest {
  return { model: null, sessionId: null, labels: {}, keptAt: null, ...rest }
}
