import { ACTIONS, type Action } from '../budget.ts'
import { claimNameOf } from '../claim-name.ts'
import type { Judgement } from '../judgement.ts'
import { type Allow, isAllowed } from '../override.ts'
import { type RequestLabels, knowsScope, sees } from '../pressure.ts'
import { UNKNOWN } from '../record.ts'
import { type Verdict, bySeverity } from '../verdict.ts'
import { type HookAnswer, type HookForm, SILENCE, canAsk } from './hook-answer.ts'
import { allowedText, outlookText, standingText } from './hook-text.ts'

/** What an agent wants to know before it goes on. */
export interface HookQuestion extends HookForm {
  /** The model at work; null when the agent does not say. */
  readonly model: string | null
}

/** What an answer stands on besides the judgement. */
export interface HookGround {
  /** What is known of where the agent works; asked for only where a budget is narrowed. */
  readonly labels: () => RequestLabels['labels']
  /** True for whoever says something by this name first, once and for all. */
  readonly isFirst: (claim: string) => boolean
}

/**
 * Whether an agent may go on. It is kept from it only by a budget that asks for that, is proven to be critical and is
 * known to see the event. Everything else is said once in a session for each budget and level.
 */
export function answerHook(question: HookQuestion, judgement: Judgement, ground: HookGround): HookAnswer {
  const concerns = concernsOf(question, judgement, ground)
  if (concerns.length === 0) return SILENCE
  const { moment, agent, sessionId } = question
  const { asOf } = judgement.snapshot
  const action = strictest(concerns)
  const demanding = concerns.filter((one) => one.action === action).map(({ verdict }) => verdict)
  const allow = action === 'warn' ? null : isAllowed(judgement.overrides, sessionId === '' ? null : sessionId)
  if (allow !== null) {
    const others = concerns.filter((one) => one.action === 'warn')
    return saidWithLeave(allow, demanding, question, asOf, ground) ?? saidOnce(others, question, asOf, ground)
  }
  if (moment === 'start') return saidAtStart(concerns, action, question, asOf, ground)
  const text = standingText(demanding, asOf)
  if (action === 'block') return { kind: 'block', text }
  if (action === 'pause' && moment === 'tool' && canAsk(agent)) return { kind: 'ask', text }
  return saidOnce(concerns, question, asOf, ground)
}

/** A budget that is not well, and what it asks for. */
interface Concern {
  readonly verdict: Verdict
  readonly action: Action
}

/** The budgets that see the event and are not well, the worst first. */
function concernsOf(
  question: HookQuestion,
  { verdicts, snapshot }: Judgement,
  { labels }: HookGround,
): readonly Concern[] {
  // The prompt and each tool have their word; a request is only ever sent to another model.
  if (question.moment === 'request') return []
  const near = verdicts.filter(
    ({ level, sessionId }) => level !== 'ok' && (sessionId === null || sessionId === question.sessionId),
  )
  // What thousands of calls a day come to.
  if (near.length === 0) return []
  const isNarrowed = near.some(({ budget }) => Object.keys(budget.scope).length > 0)
  const request: RequestLabels = {
    sessionId: question.sessionId,
    labels: isNarrowed ? labelsOf(question, snapshot.sessions, labels()) : {},
  }
  return near
    .filter((verdict) => sees(verdict, request))
    .toSorted(bySeverity)
    .map((verdict) => ({ verdict, action: actionOf(verdict, request) }))
}

/** What is merely likely warns: it may be about something else, or not be true. */
function actionOf({ level, budget }: Verdict, request: RequestLabels): Action {
  return level === 'critical' && knowsScope(budget.scope, request) ? budget.action : 'warn'
}

function strictest(concerns: readonly Concern[]): Action {
  return ACTIONS.findLast((action) => concerns.some((one) => one.action === action)) ?? 'warn'
}

/** What the agent says itself, then what the newest record of its session says, then what its folder says. */
function labelsOf(
  { agent, model, sessionId }: HookQuestion,
  sessions: Judgement['snapshot']['sessions'],
  ofFolder: RequestLabels['labels'],
): RequestLabels['labels'] {
  const seen = sessions.find(({ id }) => id === sessionId)
  const labels = {
    project: known(seen?.project),
    model: model ?? known(seen?.model),
    tool: agent,
    task_type: known(seen?.taskType),
  }
  const told = Object.entries(labels).filter(([, label]) => label !== undefined)
  return { ...ofFolder, ...Object.fromEntries(told) }
}

function known(label: string | undefined): string | undefined {
  return label === UNKNOWN || label === '' ? undefined : label
}

function saidOnce(
  concerns: readonly Concern[],
  question: HookQuestion,
  asOf: number,
  { isFirst }: HookGround,
): HookAnswer {
  const news = concerns.map(({ verdict }) => verdict).filter((one) => isFirst(claimOn(one, question)))
  return news.length === 0 ? SILENCE : { kind: 'say', text: standingText(news, asOf) }
}

/** A session that begins anew is told how things stand, also what it was told before. */
function saidAtStart(
  concerns: readonly Concern[],
  action: Action,
  question: HookQuestion,
  asOf: number,
  { isFirst }: HookGround,
): HookAnswer {
  const verdicts = concerns.map(({ verdict }) => verdict)
  // What would stop it later says so itself, each time.
  if (action === 'warn') for (const verdict of verdicts) isFirst(claimOn(verdict, question))
  return { kind: 'say', text: standingText(verdicts, asOf) + outlookText(action, question.agent) }
}

/** Somebody took it upon themselves that this goes on: the session is told once, and left alone. Null from then on. */
function saidWithLeave(
  allow: Allow,
  demanding: readonly Verdict[],
  { sessionId }: HookQuestion,
  asOf: number,
  { isFirst }: HookGround,
): HookAnswer | null {
  if (!isFirst(claimNameOf('said', ['allow', allow.id, sessionId]))) return null
  return { kind: 'say', text: standingText(demanding, asOf) + allowedText(allow, asOf) }
}

/** Another limit is another matter, and so is another day. */
function claimOn({ budget, period, level }: Verdict, { sessionId }: HookQuestion): string {
  const about = [sessionId, budget.id, String(period?.start ?? ''), String(budget.limit), level]
  return claimNameOf('said', ['standing', ...about])
}
