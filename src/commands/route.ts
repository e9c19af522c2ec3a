import { troubleText } from '../core/answers/check-text.ts'
import { type RouteAnswer, type RouteCall, type RouteGround, answerRoute } from '../core/answers/route.ts'
import { withoutModel } from '../core/answers/route-text.ts'
import type { Routing } from '../core/choose.ts'
import { type Decision, decisionLine } from '../core/decision.ts'
import { lastStepOf } from '../core/decision-log.ts'
import type { Judgement, Trouble } from '../core/judgement.ts'
import type { Share } from '../core/money.ts'
import { EXIT, type Result } from '../core/result.ts'
import { NO_RULES } from '../core/router.ts'
import { safeText } from '../core/safe-text.ts'
import { ulid } from '../core/ulid.ts'
import { settingsForRoute } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import { NotSaved } from '../system/ledger-append.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { type Invocation, UsageError } from './command.ts'
import { appendDecision, readDecisions } from './decisions-file.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce, troubleOf } from './desk.ts'
import { typedPrompt, routeCall } from './route-question.ts'

export { grammar } from './route-grammar.ts'

type RoutingSystem = JudgingSystem & Pick<System, 'standardInput'>

/** How long matching may take, all patterns together: an agent waits for the answer. */
const MATCHING_MS = 250

/** Of the decisions, the latest that are looked through for the session's: some six hundred. */
const LATEST_BYTES = 256 << 10

/** Throws `UsageError`. */
export async function run(invocation: Invocation, system: RoutingSystem): Promise<Result> {
  const asked = routeCall(invocation)
  try {
    return await route(asked, invocation, system)
  } catch (error) {
    if (error instanceof Unreadable) return withoutModel([troubleOf(error)], EXIT.cannotTell, asked)
    if (asked.fallback === null || error instanceof UsageError) throw error
    return withoutModel([somethingBroke(error)], EXIT.cannotTell, asked)
  }
}

async function route(asked: RouteCall, invocation: Invocation, system: RoutingSystem): Promise<Result> {
  const prompt = typedPrompt(invocation, system.standardInput)
  if (prompt === null) return withoutModel([NO_PROMPT], EXIT.cannotTell, asked)
  const call = callOf(invocation, system)
  const judged = await judgedFor(call, system)
  if (judged.kind === 'trouble') return withoutModel(judged.troubles, EXIT.cannotTell, asked)
  const kept = keptStep(asked, call, system)
  const { result, decision } = await answered(asked, prompt, judged.judgement, {
    routing: judged.routing,
    keptAt: kept.at,
    newId: () => ulid(system.clock.now(), system.clock.random(16)),
    system,
  })
  // What is asked as of another instant is asked only.
  const unsaved = decision === null || call.until !== null ? '' : written(decision, call, system)
  return { ...result, stderr: `${result.stderr}${kept.remark}${unsaved}` }
}

type Judged =
  | { readonly kind: 'judged'; readonly judgement: Judgement; readonly routing: Routing }
  | { readonly kind: 'trouble'; readonly troubles: readonly Trouble[] }

function judgedFor(call: Call, system: RoutingSystem): Promise<Judged> {
  return judgeOnce<Judged>(
    call,
    system,
    (judgement, accounts, _, resolution) => {
      const settings = settingsForRoute(resolution)
      if (settings.kind === 'broken') return { kind: 'trouble', troubles: settings.problems }
      const router = settings.value.router ?? NO_RULES
      return { kind: 'judged', judgement, routing: routingOf(router, accounts, judgement.snapshot.asOf) }
    },
    (troubles) => ({ kind: 'trouble', troubles }),
  )
}

function routingOf(router: Routing['router'], { settings, prices }: Accounts, asOf: number): Routing {
  return {
    router,
    defaultModel: settings.defaultModel,
    ratesOf: (model) => prices.priceOf(model, asOf)?.rates ?? null,
  }
}

/** Asks without the engine first, which most settings do without. */
async function answered(
  asked: RouteCall,
  prompt: string,
  judgement: Judgement,
  { system, ...ground }: Omit<RouteGround, 'means'> & { readonly system: Pick<System, 'clock'> },
): Promise<RouteAnswer> {
  const quick = answerRoute(asked, prompt, judgement, {
    ...ground,
    means: { engine: null, isLate: () => false },
  })
  if (quick !== 'engine-needed') return quick
  const { patternEngine: engine } = await import('../core/pattern-engine.ts')
  const late = system.clock.now() + MATCHING_MS
  const isLate = () => system.clock.now() > late
  const answer = answerRoute(asked, prompt, judgement, { ...ground, means: { engine, isLate } })
  if (answer === 'engine-needed') throw new Error('the engine was there and was asked for again')
  return answer
}

/** The step that the session is at; where that cannot be read, the pressure alone decides. */
function keptStep(
  { session }: RouteCall,
  { place }: Call,
  system: RoutingSystem,
): { readonly at: Share | null; readonly remark: string } {
  if (session === null) return { at: null, remark: '' }
  try {
    return { at: lastStepOf(readDecisions(place, LATEST_BYTES, system), session), remark: '' }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { at: null, remark: troubleText([troubleOf(error)]) }
  }
}

/** Puts a decision on record, or says why it is not: the answer is due all the same. */
function written(decision: Decision, { place }: Call, system: RoutingSystem): string {
  try {
    appendDecision(place, decisionLine(decision), system)
    return ''
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error
    return `ai-costs: this downgrade is not on record: ${safeText(error.message)}\n`
  }
}

const NO_PROMPT: Trouble = {
  file: null,
  line: null,
  column: null,
  message: 'no prompt could be read from standard input',
  fix: 'pipe in at most 16 MB, or name it: --prompt TEXT',
}

/** By its kind only: what an error says may hold the prompt. */
function somethingBroke(error: unknown): Trouble {
  const kind = error instanceof Error ? error.name : 'error'
  return {
    ...NO_PROMPT,
    message: `internal error (${kind})`,
    fix: 'call without --fallback to see it, and report it',
  }
}
