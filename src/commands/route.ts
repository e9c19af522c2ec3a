import type { RouteCall } from '../core/answers/route.ts'
import { withoutModel } from '../core/answers/route-text.ts'
import type { Routing } from '../core/choose.ts'
import type { Judgement, Trouble } from '../core/judgement.ts'
import { EXIT, type Result } from '../core/result.ts'
import { NO_RULES } from '../core/router.ts'
import { settingsForRoute } from '../settings/resolution.ts'
import { Unreadable } from '../system/file-system.ts'
import type { System } from '../system/system.ts'
import type { Accounts } from './accounts.ts'
import { type Invocation, UsageError } from './command.ts'
import { type Call, type JudgingSystem, callOf, judgeOnce } from './desk.ts'
import { type RouteQuestion, keptStep, routeAnswer } from './route-answer.ts'
import { typedPrompt, routeCall } from './route-question.ts'
import { troubleOf } from './trouble.ts'

export { grammar } from './route-grammar.ts'

type RoutingSystem = JudgingSystem & Pick<System, 'standardInput'>

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
  const { judgement, routing } = judged
  const { place } = call
  const kept = keptStep(asked, place, system)
  const isAskedOnly = call.until !== null
  return answered({ asked, prompt, judgement, routing, kept, place, isAskedOnly }, system)
}

export type Judged =
  | { readonly kind: 'judged'; readonly judgement: Judgement; readonly routing: Routing }
  | { readonly kind: 'trouble'; readonly troubles: readonly Trouble[] }

/** What a choice of a model stands on; trouble where the settings are broken, or something cannot be read. */
export function judgedFor(call: Call, system: JudgingSystem): Promise<Judged> {
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
async function answered(question: RouteQuestion, system: RoutingSystem): Promise<Result> {
  const quick = routeAnswer(question, null, system)
  if (quick !== 'engine-needed') return quick
  const { patternEngine } = await import('../core/pattern-engine.ts')
  const answer = routeAnswer(question, patternEngine, system)
  if (answer === 'engine-needed') throw new Error('the engine was there and was asked for again')
  return answer
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
