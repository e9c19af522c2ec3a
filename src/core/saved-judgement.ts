import { datedOrNull } from './known-ledger.ts'
import type { Judgement } from './judgement.ts'
import { type SavedAmount, restoreAmount, saveAmount } from './saved-amount.ts'
import { type SavedTrail, restoreTrail, saveTrail } from './saved-trail.ts'
import type { SessionSpend, Snapshot, Spend } from './snapshot.ts'

/** What was judged last, as plain JSON: as long as nothing is new, it only has to be judged again by the clock. */
export interface SavedJudgement {
  readonly snapshot: Omit<Snapshot, 'asOf' | 'spendByBudget' | 'sessions' | 'trails'> & {
    readonly spendByBudget: readonly SavedBudgetSpend[]
    readonly sessions: readonly SavedSession[]
    readonly trails: readonly SavedTrail[]
  }
  /** Of the sessions. */
  readonly labels: readonly string[]
  readonly hasLedger: boolean
  readonly allRecords: number
}

/** And how many records are uncertain. */
type SavedSpend = readonly [usd: SavedAmount, uncertain: number]
type SavedBudgetSpend = readonly [budget: string, ...SavedSpend]

/** In a row, because there may be hundreds, and keys would be most of what has to be read. */
type SavedSession = readonly [
  id: string,
  /** Project, model, tool and task type, as numbers into the labels. */
  project: number,
  model: number,
  tool: number,
  taskType: number,
  first: number | null,
  last: number | null,
  usd: SavedAmount,
  uncertain: number,
  usdToday: SavedAmount,
  uncertainToday: number,
  spendByBudget: readonly SavedBudgetSpend[] | null,
]

export function saveJudgement({ snapshot, hasLedger, allRecords }: Judgement): SavedJudgement {
  const { asOf: _, ...lasting } = snapshot
  const labels = new Map<string, number>()
  const numberOf = (label: string): number => {
    if (!labels.has(label)) labels.set(label, labels.size)
    return labels.get(label)!
  }
  return {
    snapshot: {
      ...lasting,
      spendByBudget: savedSpends(snapshot.spendByBudget),
      sessions: snapshot.sessions.map((session) => savedSession(session, numberOf)),
      trails: snapshot.trails.map(saveTrail),
    },
    labels: [...labels.keys()],
    hasLedger,
    allRecords,
  }
}

/** What was known then, at a later instant of the same day. */
export function restoreSnapshot(saved: SavedJudgement, asOf: number): Snapshot {
  const { sessions, trails } = saved.snapshot
  return restored(saved, asOf, sessions, trails)
}

/**
 * The same of some sessions and the current one alone, and of what was spent lately nothing but the trail of everything:
 * there may be hundreds of sessions, and who answers for one makes no forecast either.
 */
export function restoreBriefly(saved: SavedJudgement, asOf: number, wanted: ReadonlySet<string>): Snapshot {
  const { sessions, trails, currentSessionId } = saved.snapshot
  const meant = sessions.filter(([id]) => wanted.has(id) || id === currentSessionId)
  return restored(saved, asOf, meant, trails.slice(0, 1))
}

function restored(
  { snapshot: saved, labels }: SavedJudgement,
  asOf: number,
  sessions: readonly SavedSession[],
  trails: readonly SavedTrail[],
): Snapshot {
  return {
    ...saved,
    asOf,
    spendByBudget: spends(saved.spendByBudget),
    sessions: sessions.map((session) => restoredSession(session, labels)),
    trails: trails.map((trail) => restoreTrail(trail, asOf)),
  }
}

function savedSession(session: SessionSpend, numberOf: (label: string) => number): SavedSession {
  const { id, project, model, tool, taskType, first, last, whole, today, spendByBudget } = session
  return [
    id,
    numberOf(project),
    numberOf(model),
    numberOf(tool),
    numberOf(taskType),
    datedOrNull(first),
    datedOrNull(last),
    ...savedSpend(whole),
    ...savedSpend(today),
    spendByBudget.size === 0 ? null : savedSpends(spendByBudget),
  ]
}

function restoredSession(saved: SavedSession, labels: readonly string[]): SessionSpend {
  // By index: to take a row apart by name walks through it with an iterator, and there may be hundreds.
  const spendByBudget = saved[11]
  return {
    id: saved[0],
    project: labels[saved[1]]!,
    model: labels[saved[2]]!,
    tool: labels[saved[3]]!,
    taskType: labels[saved[4]]!,
    whole: spend(saved[7], saved[8]),
    today: spend(saved[9], saved[10]),
    first: saved[5] ?? Infinity,
    last: saved[6] ?? -Infinity,
    spendByBudget: spendByBudget === null ? NO_SPEND : spends(spendByBudget),
  }
}

const NO_SPEND: ReadonlyMap<string, Spend> = new Map()

function savedSpend({ usd, uncertain }: Spend): SavedSpend {
  return [saveAmount(usd), uncertain]
}

function savedSpends(byBudget: ReadonlyMap<string, Spend>): SavedBudgetSpend[] {
  return [...byBudget].map(([budget, one]) => [budget, ...savedSpend(one)])
}

function spend(usd: SavedAmount, uncertain: number): Spend {
  return { usd: restoreAmount(usd), uncertain }
}

function spends(saved: readonly SavedBudgetSpend[]): ReadonlyMap<string, Spend> {
  return new Map(saved.map(([budget, usd, uncertain]) => [budget, spend(usd, uncertain)]))
}
