import type { Review } from '../core/answers/review.ts'
import { type Budget, isGlobal } from '../core/budget.ts'
import type { Judgement } from '../core/judgement.ts'
import { type Matched, NO_MATCH, matchPrompt } from '../core/match-prompt.ts'
import { modelMeant } from '../core/model-alias.ts'
import { type Money, picodollarsOf } from '../core/money.ts'
import type { RoutedTask } from '../core/overkill.ts'
import { type PatternEngine, promptText } from '../core/pattern.ts'
import type { UsageRecord } from '../core/record.ts'
import { NO_RULES, type RouterSettings } from '../core/router.ts'
import { adviseOn } from '../core/session-advice.ts'
import type { Resolution } from '../settings/resolution.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { collectRecords } from './collect-records.ts'
import { UsageError } from './command.ts'
import type { Call } from './desk.ts'
import type { AskedReview } from './review-asked.ts'
import { sessionNamed } from './session-named.ts'

/** A session with its records, adjustments included. */
export interface SessionRecords {
  readonly sessionId: string
  readonly records: readonly UsageRecord[]
}

/** Reads the ledger for a session, named by its id or as `check` shortens it. Throws `Unreadable`. */
export function recordsOfSession(
  name: string,
  { snapshot }: Judgement,
  { place, until }: Call,
  { ledger }: Pick<System, 'ledger'>,
): SessionRecords {
  const named = (id: string): SessionRecords => ({
    sessionId: id,
    records: collectRecords(ledger, place.directory, until, ({ sessionId }) => sessionId === id),
  })
  const exact = named(name)
  if (exact.records.length > 0) return exact
  const id = idOfShortName(name, snapshot.sessions)
  return id === null ? exact : named(id)
}

/** Looks through the records of a session for what the settings and the call ask for. */
export async function review(
  { sessionId, records }: SessionRecords,
  { guardian }: AskedReview,
  { snapshot }: Judgement,
  accounts: Accounts,
  resolution: Resolution,
): Promise<Review> {
  const { settings, prices } = accounts
  const advice = adviseOn(sessionId, records, {
    guardian: { ...guardian, warnOver: guardian.warnOver ?? warningOfSessions(settings.budgets) },
    table: prices,
    models: accounts.catalog().models(),
    costMode: settings.costMode,
    asOf: snapshot.asOf,
    routed: await routedTasks(records, routerOf(resolution)),
  })
  return advice === null ? { kind: 'no-records', sessionId } : { kind: 'reviewed', advice }
}

function idOfShortName(name: string, sessions: Judgement['snapshot']['sessions']): string | null {
  try {
    return sessionNamed(name, sessions)
  } catch (error) {
    if (error instanceof UsageError) return null
    throw error
  }
}

/** Where the strictest budget of all sessions begins to warn. */
function warningOfSessions(budgets: readonly Budget[]): Money | null {
  return budgets
    .filter((budget) => budget.kind === 'per_session' && isGlobal(budget))
    .map(({ limit, thresholdWarning }) => picodollarsOf((limit * thresholdWarning) / 1_000_000n))
    .reduce<Money | null>((least, one) => (least === null || one < least ? one : least), null)
}

/** A broken router is nothing to budgets, and so it is nothing to this. */
function routerOf({ router }: Resolution): RouterSettings {
  return (router.kind === 'ok' ? router.value : null) ?? NO_RULES
}

/** Where the router sends each type of task, by the name of that type. */
async function routedTasks(
  records: readonly UsageRecord[],
  router: RouterSettings,
): Promise<(taskType: string) => RoutedTask> {
  const taskTypes = [...new Set(records.map(({ taskType }) => taskType))]
  let matches = matchesOf(taskTypes, router, null)
  if (matches === null) {
    const { patternEngine } = await import('../core/pattern-engine.ts')
    matches = matchesOf(taskTypes, router, patternEngine)
  }
  return (taskType) => {
    const { rule, isProtected } = matches?.get(taskType) ?? NO_MATCH
    const model = rule === null ? undefined : router.rules[rule]?.model
    return { model: model === undefined ? null : modelMeant(model), isProtected }
  }
}

/** Null when that takes an engine, and there is none. */
function matchesOf(
  taskTypes: readonly string[],
  router: RouterSettings,
  engine: PatternEngine | null,
): ReadonlyMap<string, Matched> | null {
  const matches = new Map<string, Matched>()
  for (const taskType of taskTypes) {
    const matching = matchPrompt(router, promptText(taskType), true, { engine, isLate: () => false })
    if (matching.kind !== 'matched') return null
    matches.set(taskType, matching.matched)
  }
  return matches
}
