import { type BudgetKind, isGlobal } from '../budget.ts'
import type { Judgement } from '../judgement.ts'
import { type Money, NO_MONEY, plus } from '../money.ts'
import { type RequestLabels, sees } from '../pressure.ts'
import { UNKNOWN } from '../record.ts'
import { type SessionSpend, cacheHitRatio } from '../snapshot.ts'
import type { StatusEvent } from '../status-event.ts'
import { type Verdict, bySeverity } from '../verdict.ts'

/** An amount, and how sure it is: `at least` when something has no price, `about` when only the agent says so. */
export interface Amount {
  readonly usd: Money
  readonly sureness: 'exact' | 'at least' | 'about'
}

/** What a status line can tell. */
export interface StatusFacts {
  readonly hasData: boolean
  /** Epoch milliseconds. */
  readonly asOf: number
  /** What judges this session, the worst first: budgets of other sessions, models and projects do not. */
  readonly verdicts: readonly Verdict[]
  /** The global budgets; where both layers name one, the one that stands worse. */
  readonly daily: Verdict | null
  readonly weekly: Verdict | null
  readonly monthly: Verdict | null
  readonly today: Amount
  readonly session: SessionFact | null
  readonly cacheHitRatio: number | null
  readonly model: string | null
  readonly project: string | null
  readonly event: StatusEvent | null
  /** How many turns a provider has stopped today; null when nobody knows. */
  readonly stops: number | null
}

export interface SessionFact extends Amount {
  /** Null when the agent does not say. */
  readonly id: string | null
  /** How its own budget stands; null without one, and while the ledger does not know the session. */
  readonly verdict: Verdict | null
}

/** What there is to tell about the agent's session; without an agent about the current one. */
export function statusFacts(
  judgement: Judgement,
  event: StatusEvent | null,
  stops: number | null,
): StatusFacts {
  const { snapshot } = judgement
  const id = event === null ? snapshot.currentSessionId : event.sessionId
  const spend = snapshot.sessions.find((session) => session.id === id)
  const request = { sessionId: id, labels: labelsOf(spend) }
  const verdicts = judgement.verdicts.filter((verdict) => sees(verdict, request)).toSorted(bySeverity)
  const daily = globalOf(verdicts, 'daily')
  return {
    hasData: judgement.allRecords > 0,
    asOf: snapshot.asOf,
    verdicts,
    daily,
    weekly: globalOf(verdicts, 'weekly'),
    monthly: globalOf(verdicts, 'monthly'),
    today: daily === null ? todaysSessions(snapshot.sessions) : amountOf(daily),
    session: sessionFact(id, spend, verdicts, event),
    cacheHitRatio: cacheHitRatio(snapshot.tokens),
    model: event?.model ?? known(spend?.model),
    project: known(spend?.project) ?? event?.project ?? null,
    event,
    stops,
  }
}

export function amountOf({ spent, lowerBound }: Verdict): Amount {
  return { usd: spent, sureness: lowerBound ? 'at least' : 'exact' }
}

function labelsOf(session: SessionSpend | undefined): RequestLabels['labels'] {
  const labels = {
    project: known(session?.project),
    model: known(session?.model),
    tool: known(session?.tool),
    task_type: known(session?.taskType),
  }
  return Object.fromEntries(Object.entries(labels).filter(([, label]) => label !== null))
}

function known(label: string | undefined): string | null {
  return label === undefined || label === UNKNOWN ? null : label
}

/** The verdicts come worst first. */
function globalOf(verdicts: readonly Verdict[], kind: BudgetKind): Verdict | null {
  return verdicts.find(({ budget }) => budget.kind === kind && isGlobal(budget)) ?? null
}

/** Without a daily budget nobody adds up the day; what has no session is missing here. */
function todaysSessions(sessions: readonly SessionSpend[]): Amount {
  const usd = sessions.reduce<Money>((sum, { today }) => plus(sum, today.usd), NO_MONEY)
  return { usd, sureness: 'at least' }
}

function sessionFact(
  id: string | null,
  spend: SessionSpend | undefined,
  verdicts: readonly Verdict[],
  event: StatusEvent | null,
): SessionFact | null {
  if (spend !== undefined) {
    const { usd, uncertain } = spend.whole
    const verdict = verdicts.find(({ sessionId }) => sessionId === spend.id) ?? null
    return { id: spend.id, usd, sureness: uncertain > 0 ? 'at least' : 'exact', verdict }
  }
  const told = event?.costUsd ?? null
  return told === null ? null : { id, usd: told, sureness: 'about', verdict: null }
}
