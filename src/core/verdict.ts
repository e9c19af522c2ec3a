import type { Budget, UnpricedRule } from './budget.ts'
import { type Money, ratioOf, reaches } from './money.ts'
import type { Period } from './period.ts'
import { type SessionSpend, type Snapshot, type Spend, spendOf } from './snapshot.ts'

/** From harmless to worst: `unknown` is worse than a warning because the truth may be critical. */
export const LEVELS = ['ok', 'warning', 'unknown', 'critical'] as const
export type Level = (typeof LEVELS)[number]

/** A budget judged at an instant. */
export interface Verdict {
  readonly budget: Budget
  /** Set for a per-session budget only. */
  readonly sessionId: string | null
  /** Null for a per-session budget: a session is judged on its whole cost. */
  readonly period: Period | null
  readonly spent: Money
  /** True when something in period and scope could not be priced or read: the truth is `≥ spent`. */
  readonly lowerBound: boolean
  /** spent / limit, floored to six decimals; null when the limit is zero. */
  readonly ratio: number | null
  readonly level: Level
  /** At or over 100 % of the limit, or anything spent against a limit of zero. */
  readonly exceeded: boolean
}

/** Judges every budget on the snapshot; a per-session budget gives one verdict for each session of the day. */
export function evaluate(
  budgets: readonly Budget[],
  snapshot: Snapshot,
  onUnpriced: UnpricedRule,
): Verdict[] {
  return budgets.flatMap((budget) => {
    if (budget.kind === 'per_session') {
      return sessionsJudgedBy(budget, snapshot).map(({ session, spend }) =>
        judge(budget, spend, null, session.id, onUnpriced),
      )
    }
    const spend = snapshot.spendByBudget.get(budget.id)
    return spend === undefined ? [] : [judge(budget, spend, snapshot.periods[budget.kind], null, onUnpriced)]
  })
}

/** The worst of all levels; `ok` when nothing is judged. */
export function worstLevel(verdicts: readonly Verdict[]): Level {
  return verdicts.reduce<Level>((worst, { level }) => worseOf(worst, level), 'ok')
}

export function worseOf(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b
}

/** Worst first: by level, then by how far the limit is used up. Stable, so equal verdicts keep the settings' order. */
export function bySeverity(a: Verdict, b: Verdict): number {
  return (
    LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
    (b.ratio ?? (b.exceeded ? Infinity : 0)) - (a.ratio ?? (a.exceeded ? Infinity : 0))
  )
}

function sessionsJudgedBy(budget: Budget, snapshot: Snapshot) {
  return snapshot.sessions.flatMap((session: SessionSpend) => {
    const spend = spendOf(session, budget)
    return spend === undefined ? [] : [{ session, spend }]
  })
}

function judge(
  budget: Budget,
  spend: Spend,
  period: Period | null,
  sessionId: string | null,
  onUnpriced: UnpricedRule,
): Verdict {
  const lowerBound = spend.uncertain > 0
  const proven = provenLevel(budget, spend.usd)
  return {
    budget,
    sessionId,
    period,
    spent: spend.usd,
    lowerBound,
    ratio: ratioOf(spend.usd, budget.limit),
    level: lowerBound ? worseOf(proven, LEVEL_OF_UNPRICED[onUnpriced]) : proven,
    exceeded: spend.usd > 0n && spend.usd >= budget.limit,
  }
}

const LEVEL_OF_UNPRICED: Record<UnpricedRule, Level> = { ignore: 'ok', warn: 'warning', fail: 'unknown' }

/** What the priced part alone proves. A limit of zero is critical at the first picodollar. */
function provenLevel(budget: Budget, spent: Money): Level {
  if (spent <= 0n) return 'ok'
  if (reaches(spent, budget.limit, budget.thresholdCritical)) return 'critical'
  return reaches(spent, budget.limit, budget.thresholdWarning) ? 'warning' : 'ok'
}
