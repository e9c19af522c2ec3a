import type { Budget } from '../core/budget.ts'
import { withRaises } from '../core/override.ts'
import { UNKNOWN } from '../core/record.ts'
import type { SessionSpend } from '../core/snapshot.ts'
import { type Verdict, bySeverity, evaluate } from '../core/verdict.ts'
import type { ScreenGround } from './screen-ground.ts'

/** What a session cost, of which the budgets ask no more than this. */
export type JudgedSession = Pick<SessionSpend, 'id' | 'whole' | 'spendByBudget'>

/** The budgets that are about sessions, as raised for now. */
export function budgetsOfSessions({ accounts, judgement }: ScreenGround): readonly Budget[] {
  return withRaises(accounts.settings.budgets, judgement.overrides.raises).filter(
    ({ kind }) => kind === 'per_session',
  )
}

/** What such budgets say of a session's whole cost, whenever that was; the worst first. */
export function judgeSession(
  budgets: readonly Budget[],
  session: JudgedSession,
  { accounts, judgement }: ScreenGround,
): readonly Verdict[] {
  if (budgets.length === 0) return []
  const spend: SessionSpend = { ...NOT_ASKED_FOR, ...session, today: session.whole }
  const snapshot = { ...judgement.snapshot, sessions: [spend] }
  return evaluate(budgets, snapshot, accounts.settings.onUnpriced).toSorted(bySeverity)
}

const NOT_ASKED_FOR = {
  project: UNKNOWN,
  model: UNKNOWN,
  tool: UNKNOWN,
  taskType: UNKNOWN,
  first: 0,
  last: 0,
}
