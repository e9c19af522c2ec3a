import { datedOrNull } from './known-ledger.ts'
import type { Judgement } from './judgement.ts'
import { picodollarsOf } from './money.ts'
import type { SessionSpend, Snapshot, Spend } from './snapshot.ts'

/** What was judged last, as plain JSON: as long as nothing is new, it only has to be judged again by the clock. */
export interface SavedJudgement {
  readonly snapshot: Omit<Snapshot, 'asOf' | 'spendByBudget' | 'sessions'> & {
    readonly spendByBudget: readonly SavedBudgetSpend[]
    readonly sessions: readonly SavedSessionSpend[]
    /** The budgets for which each session is judged on all of it. */
    readonly wholeBudgets: readonly string[]
  }
  readonly hasLedger: boolean
  readonly allRecords: number
}

/** Picodollars as decimal text, and how many records are uncertain. */
type SavedSpend = readonly [usd: string, uncertain: number]
type SavedBudgetSpend = readonly [budget: string, ...SavedSpend]

/** In a row, because there may be hundreds, and names would be most of what has to be read. */
type SavedSessionSpend = readonly [
  id: string,
  project: string,
  model: string,
  tool: string,
  taskType: string,
  first: number | null,
  last: number | null,
  whole: SavedSpend,
  today: SavedSpend,
  narrowed: readonly SavedBudgetSpend[],
]

export function saveJudgement({ snapshot, hasLedger, allRecords }: Judgement): SavedJudgement {
  const { asOf: _, ...lasting } = snapshot
  const [any] = snapshot.sessions
  return {
    snapshot: {
      ...lasting,
      spendByBudget: savedSpends(snapshot.spendByBudget),
      sessions: snapshot.sessions.map(savedSession),
      wholeBudgets: any === undefined ? [] : [...any.spendByBudget.keys()].filter((id) => isWhole(any, id)),
    },
    hasLedger,
    allRecords,
  }
}

/** What was known then, at a later instant of the same day. */
export function restoreSnapshot({ snapshot: saved }: SavedJudgement, asOf: number): Snapshot {
  const { wholeBudgets, ...lasting } = saved
  return {
    ...lasting,
    asOf,
    spendByBudget: spends(saved.spendByBudget),
    sessions: saved.sessions.map((session) => restoredSession(session, wholeBudgets)),
  }
}

function savedSession(session: SessionSpend): SavedSessionSpend {
  const { id, project, model, tool, taskType, first, last, whole, today, spendByBudget } = session
  const narrowed = savedSpends(spendByBudget).filter(([budget]) => !isWhole(session, budget))
  return [
    id,
    project,
    model,
    tool,
    taskType,
    datedOrNull(first),
    datedOrNull(last),
    savedSpend(whole),
    savedSpend(today),
    narrowed,
  ]
}

/** A budget without a scope sees the session itself. */
function isWhole({ whole, spendByBudget }: SessionSpend, budget: string): boolean {
  return spendByBudget.get(budget) === whole
}

function restoredSession(saved: SavedSessionSpend, wholeBudgets: readonly string[]): SessionSpend {
  const [id, project, model, tool, taskType, first, last, savedWhole, today, narrowed] = saved
  const whole = spend(savedWhole)
  const spendByBudget = new Map(wholeBudgets.map((budget) => [budget, whole]))
  for (const [budget, ...one] of narrowed) spendByBudget.set(budget, spend(one))
  return {
    id,
    project,
    model,
    tool,
    taskType,
    whole,
    today: spend(today),
    first: first ?? Infinity,
    last: last ?? -Infinity,
    spendByBudget,
  }
}

function savedSpend({ usd, uncertain }: Spend): SavedSpend {
  return [String(usd), uncertain]
}

function savedSpends(byBudget: ReadonlyMap<string, Spend>): SavedBudgetSpend[] {
  return [...byBudget].map(([budget, one]) => [budget, ...savedSpend(one)])
}

function spend([usd, uncertain]: SavedSpend): Spend {
  return { usd: picodollarsOf(BigInt(usd)), uncertain }
}

function spends(saved: readonly SavedBudgetSpend[]): ReadonlyMap<string, Spend> {
  return new Map(saved.map(([budget, ...one]) => [budget, spend(one)]))
}
