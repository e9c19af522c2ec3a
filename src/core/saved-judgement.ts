import type { JudgingRules } from './judge.ts'
import type { Judgement } from './judgement.ts'
import { picodollarsOf } from './money.ts'
import type { SessionSpend, Snapshot, Spend } from './snapshot.ts'
import { evaluate } from './verdict.ts'

/** What was judged last, as plain JSON: as long as nothing is new, it only has to be judged again by the clock. */
export interface SavedJudgement {
  readonly snapshot: Omit<Snapshot, 'asOf' | 'spendByBudget' | 'sessions'> & {
    readonly spendByBudget: readonly SavedBudgetSpend[]
    readonly sessions: readonly SavedSessionSpend[]
  }
  readonly hasLedger: boolean
  readonly allRecords: number
}

/** Picodollars as decimal text, and how many records are uncertain. */
type SavedSpend = readonly [usd: string, uncertain: number]
type SavedBudgetSpend = readonly [budget: string, ...SavedSpend]

type SavedSessionSpend = Omit<SessionSpend, 'whole' | 'today' | 'spendByBudget'> & {
  readonly whole: SavedSpend
  readonly today: SavedSpend
  readonly spendByBudget: readonly SavedBudgetSpend[]
}

export function saveJudgement({ snapshot, hasLedger, allRecords }: Judgement): SavedJudgement {
  const { asOf: _, ...lasting } = snapshot
  return {
    snapshot: {
      ...lasting,
      spendByBudget: savedSpends(snapshot.spendByBudget),
      sessions: snapshot.sessions.map((session) => ({
        ...session,
        whole: savedSpend(session.whole),
        today: savedSpend(session.today),
        spendByBudget: savedSpends(session.spendByBudget),
      })),
    },
    hasLedger,
    allRecords,
  }
}

/** The same judgement at a later instant of the same day. */
export function restoreJudgement(
  { snapshot: saved, hasLedger, allRecords }: SavedJudgement,
  rules: JudgingRules,
  asOf: number,
  { settingsFiles, ledgerPath }: Pick<Judgement, 'settingsFiles' | 'ledgerPath'>,
): Judgement {
  const snapshot: Snapshot = {
    ...saved,
    asOf,
    spendByBudget: spends(saved.spendByBudget),
    sessions: saved.sessions.map((session) => ({
      ...session,
      whole: spend(session.whole),
      today: spend(session.today),
      spendByBudget: spends(session.spendByBudget),
    })),
  }
  const { budgets, builtInLimits, onUnpriced } = rules
  const verdicts = evaluate(budgets, snapshot, onUnpriced)
  return { snapshot, verdicts, settingsFiles, builtInLimits, ledgerPath, hasLedger, allRecords }
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
