import type { Budget } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import { type Money, NO_MONEY, type Share, picodollarsOf, plus } from '../core/money.ts'
import { BudgetReplay, type Standing, countAfter, isCritical } from './budget-replay.ts'
import type { DaySpan } from './day-span.ts'
import type { History } from './history.ts'

/** Under what history is replayed. */
export interface ReplayTerms {
  readonly calendar: Calendar
  readonly budgets: readonly Budget[]
  /** Ids of the budgets that drive the router, and the shares of their limits at which it takes its next step. */
  readonly driving: readonly string[]
  readonly steps: readonly Share[]
  /** The model to which the router sends calls of a group at a step, 0 being below the first; null where they stay. */
  readonly targetOf: (group: number, step: number) => string | null
  /** What of it is told. All of it is replayed: a month is half over when the span begins. */
  readonly span: DaySpan
}

/** Calls that a router would have sent elsewhere. */
export interface Reroute {
  readonly from: string
  readonly to: string
  /** 0 for a rule alone. */
  readonly step: number
  readonly calls: number
  readonly usd: Money
  readonly saved: Money
}

/** What became of it. */
export interface Replayed {
  /** Each budget on what was spent. */
  readonly budgets: readonly BudgetReplay[]
  /** The same on what would have been spent, had hooks blocked and the router lowered. */
  readonly acted: readonly BudgetReplay[]
  readonly calls: number
  readonly usd: Money
  readonly blocked: { readonly calls: number; readonly usd: Money }
  readonly reroutes: readonly Reroute[]
}

/** Replays history in the order of its instants. What has the same instant is decided on before any of it counts. */
export function replay(history: History, terms: ReplayTerms): Replayed {
  const replaying = new Replaying(history, terms)
  const order = history.inOrder()
  for (let from = 0; from < order.length;) {
    const at = history.at[order[from]!]!
    let next = from + 1
    while (next < order.length && history.at[order[next]!] === at) next++
    replaying.instant(at, order.subarray(from, next))
    from = next
  }
  return replaying.replayed()
}

/** Calls and what they cost. */
interface Spent {
  calls: number
  usd: Money
}

/** What would have become of a call. */
type Decision =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'made'; readonly step: number; readonly saved: Money }

class Replaying {
  readonly #history: History
  readonly #terms: ReplayTerms
  readonly #actual: readonly BudgetReplay[]
  readonly #acted: readonly BudgetReplay[]
  readonly #all: Spent = { calls: 0, usd: NO_MONEY }
  readonly #blocked: Spent = { calls: 0, usd: NO_MONEY }
  readonly #reroutes = new Map<string, Reroute>()

  constructor(history: History, terms: ReplayTerms) {
    const { budgets, calendar } = terms
    this.#history = history
    this.#terms = terms
    const replays = () => budgets.map((budget) => new BudgetReplay(budget, calendar, history.groups))
    this.#actual = replays()
    // Where nothing would have acted both worlds are one.
    const acts = history.saved.length > 0 || budgets.some(({ action }) => action === 'block')
    this.#acted = acts ? replays() : this.#actual
  }

  instant(at: number, rows: Uint32Array): void {
    const { calendar, span } = this.#terms
    const day = calendar.dayOf(at)
    const counts = day >= span.first && day < span.next
    const decisions = Array.from(rows, (row) => this.#decide(row, day))
    const touched: (readonly [BudgetReplay, Standing])[] = []
    for (const [nth, row] of rows.entries()) {
      const usd = picodollarsOf(this.#history.usd.at(row))
      const decision = decisions[nth]!
      const acted = decision.kind === 'blocked' ? NO_MONEY : picodollarsOf(usd - decision.saved)
      this.#count(this.#actual, row, day, usd, counts, touched)
      if (this.#acted !== this.#actual) this.#count(this.#acted, row, day, acted, counts, touched)
      if (counts) this.#note(row, usd, decision)
    }
    for (const [budget, standing] of touched) budget.judge(standing, at)
  }

  replayed(): Replayed {
    return {
      budgets: this.#actual,
      acted: this.#acted,
      ...this.#all,
      blocked: this.#blocked,
      reroutes: [...this.#reroutes.values()],
    }
  }

  /** What hooks and the router would have done, by what had been spent in their world before. */
  #decide(row: number, day: number): Decision {
    const group = this.#history.group[row]!
    const session = this.#history.session[row]!
    const { driving, steps } = this.#terms
    let step = 0
    for (const replayed of this.#acted) {
      if (!replayed.sees(group)) continue
      const standing = replayed.standing(day, session)
      if (standing === null) continue
      const { action, id } = replayed.budget
      if (action === 'block' && isCritical(standing)) return { kind: 'blocked' }
      if (!driving.includes(id)) continue
      while (step < steps.length && replayed.hasReached(standing, steps[step]!)) step++
    }
    const saved = this.#history.saved[step]?.at(row) ?? 0n
    return { kind: 'made', step, saved: picodollarsOf(saved) }
  }

  #count(
    world: readonly BudgetReplay[],
    row: number,
    day: number,
    usd: Money,
    counts: boolean,
    touched: (readonly [BudgetReplay, Standing])[],
  ): void {
    const group = this.#history.group[row]!
    for (const replayed of world) {
      if (!replayed.sees(group)) continue
      const standing = replayed.standing(day, this.#history.session[row]!)
      if (standing === null) continue
      if (counts && isCritical(standing)) countAfter(standing, usd)
      standing.counts ||= counts
      standing.spent = plus(standing.spent, usd)
      touched.push([replayed, standing])
    }
  }

  #note(row: number, usd: Money, decision: Decision): void {
    add(this.#all, usd)
    if (decision.kind === 'blocked') {
      add(this.#blocked, usd)
      return
    }
    const group = this.#history.group[row]!
    const to = this.#terms.targetOf(group, decision.step)
    if (to === null) return
    const from = this.#history.groups.at(group).model
    const key = JSON.stringify([decision.step, from, to])
    const before = this.#reroutes.get(key) ?? { from, to, step: decision.step, ...NOTHING }
    this.#reroutes.set(key, {
      ...before,
      calls: before.calls + 1,
      usd: plus(before.usd, usd),
      saved: plus(before.saved, decision.saved),
    })
  }
}

const NOTHING = { calls: 0, usd: NO_MONEY, saved: NO_MONEY }

function add(spent: Spent, usd: Money): void {
  spent.calls++
  spent.usd = plus(spent.usd, usd)
}
