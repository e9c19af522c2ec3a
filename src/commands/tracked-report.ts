import { type Budget, isGlobal } from '../core/budget.ts'
import type { Calendar } from '../core/calendar.ts'
import type { ExplainedRecord } from '../core/cost-summary.ts'
import { DEFAULT_GUARDIAN } from '../core/guardian.ts'
import type { Trouble } from '../core/judgement.ts'
import { priceFix } from '../core/judge-quality.ts'
import type { Money } from '../core/money.ts'
import { projectTotal } from '../core/project-total.ts'
import { allTokens, pricedSumsBy } from '../core/priced-sum.ts'
import type { UnpricedModel } from '../core/quality.ts'
import type { Report } from '../core/report.ts'
import { adviseOn } from '../core/session-advice.ts'
import { type TrackedSession, parseResult } from '../core/tracked-session.ts'
import { type TrackedFacts, allUsed } from '../reports/tracked-facts.ts'
import { trackedReport } from '../reports/tracked-session.ts'
import type { Accounts } from './accounts.ts'
import { type Call, judgeOnce } from './desk.ts'
import { type TrackingSystem, usedIn } from './tracked-usage.ts'

/** A report on a tracked session, and what it was made of. */
export interface TrackedReport {
  readonly kind: 'report'
  readonly report: Report
  readonly facts: TrackedFacts
  readonly calendar: Calendar
}

/** Reads the ledger and the repository for all there is to say about a session. */
export function reportOn(
  session: TrackedSession,
  isOver: boolean,
  call: Call,
  system: TrackingSystem,
): Promise<TrackedReport | { readonly kind: 'trouble'; readonly troubles: readonly Trouble[] }> {
  return judgeOnce<TrackedReport | { kind: 'trouble'; troubles: readonly Trouble[] }>(
    // A cache knows what a project has cost of late only.
    { ...call, usesCache: false },
    system,
    ({ snapshot }, accounts, { fold }) => {
      const end = snapshot.asOf
      const usage = usedIn(session, end, accounts, call, system)
      const project = projectTotal(fold.rollup, session.project)
      const facts = factsOf({ session, end, isOver, project, ...usage }, accounts, call, system)
      const quality = { ...snapshot.quality, unpriced: unpricedAmong(allUsed(facts)) }
      const report = trackedReport(facts, { zone: accounts.calendar.zone, quality })
      return { kind: 'report', report, facts, calendar: accounts.calendar }
    },
    (troubles) => ({ kind: 'trouble', troubles }),
  )
}

type FactsOfLedger = Omit<TrackedFacts, 'git' | 'advice' | 'limit' | 'previous'>

function factsOf(
  known: FactsOfLedger,
  accounts: Accounts,
  { place }: Call,
  { git, tracked }: TrackingSystem,
): TrackedFacts {
  const { folder, startedAt, commit: before } = known.session
  const look = git.look(folder)
  const last = tracked(place.directory).last()
  // The one it began on may have been made in the same second.
  const commits = git.commits(folder, startedAt, known.end).filter(({ commit }) => commit !== before)
  return {
    ...known,
    git: look === null ? null : { look, commits },
    advice: adviceOf(known, accounts),
    limit: limitOfSessions(accounts.settings.budgets),
    previous: last === null ? null : parseResult(last),
  }
}

/** What is cheaper; whether the work took less than its model is not asked, because sums of requests do not tell. */
function adviceOf({ session, end, logged, meanwhile }: FactsOfLedger, accounts: Accounts) {
  const records = [...logged, ...meanwhile].map(({ record }) => record)
  return adviseOn(session.id, records, {
    guardian: { ...DEFAULT_GUARDIAN, warnsOfOverkill: false, suggestsCheaper: true },
    table: accounts.prices,
    models: accounts.catalog().models(),
    costMode: accounts.settings.costMode,
    asOf: end,
    routed: () => ({ model: null, isProtected: false }),
  })
}

/** What the strictest budget of all sessions allows. */
function limitOfSessions(budgets: readonly Budget[]): Money | null {
  return budgets
    .filter((budget) => budget.kind === 'per_session' && isGlobal(budget))
    .reduce<Money | null>((least, { limit }) => (least === null || limit < least ? limit : least), null)
}

function unpricedAmong(used: readonly ExplainedRecord[]): readonly UnpricedModel[] {
  const unpriced = used.filter(({ breakdown }) => breakdown.counted === null)
  return pricedSumsBy(unpriced, ({ model }) => model).map(({ key, sum }) => ({
    model: key,
    records: sum.records,
    tokens: allTokens(sum.tokens),
    fix: priceFix(key),
  }))
}
