import type { AskingEvent, ModelRequest } from '../agents/hook-event.ts'
import { troubleText } from '../core/answers/check-text.ts'
import type { RoutedModel } from '../core/answers/hook-answer.ts'
import { type RouteAnswer, type RouteCall, answerRoute } from '../core/answers/route.ts'
import type { Routing } from '../core/choose.ts'
import { type Decision, decisionLine } from '../core/decision.ts'
import { lastDecisionOf } from '../core/decision-log.ts'
import type { Judgement } from '../core/judgement.ts'
import { isModelName } from '../core/model-name.ts'
import { providerOf } from '../core/model-provider.ts'
import { EXIT } from '../core/result.ts'
import { ulid } from '../core/ulid.ts'
import { appendDecision, readDecisions } from './decisions-file.ts'
import type { Call, JudgingSystem } from './desk.ts'
import { judgedFor } from './route.ts'

/** How long matching may take: the agent waits. */
const MATCHING_MS = 250

/** Of the decisions, the latest that are looked through for the session's. */
const LATEST_BYTES = 256 << 10

/**
 * The cheaper model that a request is sent to instead; null where it stays as it is. An agent asks before each request,
 * so that a session is on record once for each step that it takes. Throws what keeps us from telling.
 */
export async function routedModel(
  { sessionId }: AskingEvent,
  request: ModelRequest,
  call: Call,
  system: JudgingSystem,
): Promise<RoutedModel | null> {
  if (!isModelName(request.model)) return null
  const judged = await judgedFor(call, system)
  if (judged.kind === 'trouble') throw new Error(troubleText(judged.troubles))
  const { judgement, routing } = judged
  // Nobody knows whether a prompt is protected that nobody has seen.
  const protects = (routing.router.downgrade?.protect ?? null) !== null
  if (request.prompt === null && protects) return null
  const known =
    sessionId === '' ? null : lastDecisionOf(readDecisions(call.place, LATEST_BYTES, system), sessionId)
  const { result, decision } = await answered(routeCall(request, sessionId), request, judgement, {
    routing,
    known,
    system,
  })
  const model = String(result.stdout).trim()
  if (result.exitCode !== EXIT.ok || decision === null || !isAskedThere(model, request)) return null
  if (!isKnown(decision, known)) appendDecision(call.place, decisionLine(decision), system)
  return { model, provider: request.provider }
}

const OPENROUTER = 'openrouter'

function routeCall({ model, provider }: ModelRequest, sessionId: string): RouteCall {
  return {
    model,
    project: null,
    session: sessionId === '' ? null : sessionId,
    tool: provider === OPENROUTER ? OPENROUTER : null,
    fallback: null,
    explain: false,
    json: false,
  }
}

interface Ground {
  readonly routing: Routing
  readonly known: Decision | null
  readonly system: JudgingSystem
}

/** Asks without the engine first, which most settings do without. */
async function answered(
  asked: RouteCall,
  { prompt }: ModelRequest,
  judgement: Judgement,
  { routing, known, system: { clock } }: Ground,
): Promise<RouteAnswer> {
  const late = clock.now() + MATCHING_MS
  const ground = {
    routing,
    keptAt: known?.step ?? null,
    newId: () => ulid(clock.now(), clock.random(16)),
  }
  const quick = answerRoute(asked, prompt ?? '', judgement, {
    ...ground,
    means: { engine: null, isLate: () => false },
  })
  if (quick !== 'engine-needed') return quick
  const { patternEngine: engine } = await import('../core/pattern-engine.ts')
  const means = { engine, isLate: () => clock.now() > late }
  const answer = answerRoute(asked, prompt ?? '', judgement, { ...ground, means })
  if (answer === 'engine-needed') throw new Error('the engine was there and was asked for again')
  return answer
}

/** The agent goes on asking the provider whom it asks now, who has none of the models of others. */
function isAskedThere(model: string, request: ModelRequest): boolean {
  if (request.provider === OPENROUTER) return true
  const provider = providerOf(model)
  return provider !== 'other' && provider === (request.provider ?? providerOf(request.model))
}

function isKnown({ from, to, step }: Decision, known: Decision | null): boolean {
  return known !== null && known.from === from && known.to === to && known.step === step
}
