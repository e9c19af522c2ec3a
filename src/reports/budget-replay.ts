import type { Budget, PeriodKind } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import { type Groups, matchesScope } from '../core/groups.ts'
import { type Money, NO_MONEY, type Share, picodollarsOf, plus, reaches } from '../core/money.ts'
import { NO_SESSION } from '../core/session-cells.ts'
import { type DaySpan, spanAround } from './day-span.ts'

/** How far a budget was used up in a period or by a session, at worst. */
export type Reached = 'nothing' | 'warning' | 'critical' | 'limit'

const ORDER: readonly Reached[] = ['nothing', 'warning', 'critical', 'limit']

/** One period or session of a budget. */
export interface Standing {
  /** The first day of the period; null for a session. */
  readonly day: number | null
  /** Null for a period. */
  readonly session: number | null
  spent: Money
  reached: Reached
  /** When something was reached last that had not been reached before; null while nothing was. */
  at: number | null
  /** The most that was spent at any instant: a correction may take some of it back. */
  most: Money
  /** What came after it was critical. */
  readonly after: { calls: number; usd: Money }
  /** Whether any of its records is of a day that counts. */
  counts: boolean
}

/** One budget while history goes by. Records must come in the order of their instants. */
export class BudgetReplay {
  readonly budget: Budget
  readonly #calendar: Calendar
  readonly #groups: Pick<Groups, 'at'>
  readonly #matches: (boolean | undefined)[] = []
  readonly #sessions = new Map<number, Standing>()
  #span: DaySpan = { first: 0, next: 0 }
  readonly #periods: Standing[] = []

  constructor(budget: Budget, calendar: Calendar, groups: Pick<Groups, 'at'>) {
    this.budget = budget
    this.#calendar = calendar
    this.#groups = groups
  }

  /** Whether the budget counts records of a group. */
  sees(group: number): boolean {
    return (this.#matches[group] ??= matchesScope(this.budget.scope, this.#groups.at(group)))
  }

  /** The period or session to which a record belongs; null when it belongs to none. */
  standing(day: number, session: number): Standing | null {
    const { kind } = this.budget
    return kind === 'per_session' ? this.#ofSession(session) : this.#ofPeriod(kind, day)
  }

  /** Notes what has been reached by an instant, all its records counted. */
  judge(standing: Standing, at: number): void {
    if (standing.spent > standing.most) standing.most = standing.spent
    if (standing.spent <= 0n) return
    const reached = this.#reachedBy(standing.spent)
    if (ORDER.indexOf(reached) <= ORDER.indexOf(standing.reached)) return
    standing.reached = reached
    standing.at = at
  }

  /** Whether that share of the limit is spent, as far as it can be proven. */
  hasReached({ spent }: Standing, share: Share): boolean {
    const { limit } = this.budget
    return limit === 0n ? spent > 0n : reaches(spent, limit, share)
  }

  /** All periods and sessions of which some record counts, in the order in which they began. */
  standings(): readonly Standing[] {
    return [...this.#periods, ...this.#sessions.values()].filter(({ counts }) => counts)
  }

  #reachedBy(spent: Money): Reached {
    const { limit, thresholdCritical, thresholdWarning } = this.budget
    // A limit of zero is spent by anything.
    if (spent >= limit) return 'limit'
    if (reaches(spent, limit, thresholdCritical)) return 'critical'
    return reaches(spent, limit, thresholdWarning) ? 'warning' : 'nothing'
  }

  #ofSession(session: number): Standing | null {
    if (session === NO_SESSION) return null
    const known = this.#sessions.get(session)
    if (known !== undefined) return known
    const standing = newStanding(null, session)
    this.#sessions.set(session, standing)
    return standing
  }

  #ofPeriod(kind: PeriodKind, day: number): Standing {
    if (day < this.#span.next && day >= this.#span.first) return this.#periods.at(-1)!
    this.#span = spanAround(kind, day, this.#calendar)
    const standing = newStanding(this.#span.first, null)
    this.#periods.push(standing)
    return standing
  }
}

/** True from the critical threshold on. */
export function isCritical({ reached }: Pick<Standing, 'reached'>): boolean {
  return ORDER.indexOf(reached) >= ORDER.indexOf('critical')
}

/** True from the warning threshold on. */
export function isWarned({ reached }: Pick<Standing, 'reached'>): boolean {
  return reached !== 'nothing'
}

/** Counts what came after a standing was critical. */
export function countAfter({ after }: Standing, usd: bigint): void {
  after.calls++
  after.usd = plus(after.usd, picodollarsOf(usd))
}

function newStanding(day: number | null, session: number | null): Standing {
  return {
    day,
    session,
    spent: NO_MONEY,
    reached: 'nothing',
    at: null,
    most: NO_MONEY,
    after: { calls: 0, usd: NO_MONEY },
    counts: false,
  }
}
