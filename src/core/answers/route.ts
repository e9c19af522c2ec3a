import { type Choice, type Routing, choose } from '../choose.ts'
import type { Decision } from '../decision.ts'
import type { Judgement, Trouble } from '../judgement.ts'
import { type MatchingMeans, matchPrompt } from '../match-prompt.ts'
import type { Share } from '../money.ts'
import { promptText } from '../pattern.ts'
import type { RequestLabels } from '../pressure.ts'
import { UNKNOWN } from '../record.ts'
import { EXIT, type Result } from '../result.ts'
import { basisText, reasonOf } from './route-reason.ts'
import { nameFor } from '../tool-names.ts'
import { NOTHING_MATCHED, type RouteOutput, chosen, withoutModel } from './route-text.ts'

/** What was asked. */
export interface RouteCall extends RouteOutput {
  /** The model that was asked for; null leaves it to the rules. */
  readonly model: string | null
  readonly project: string | null
  readonly session: string | null
}

/** What an answer stands on besides the judgement. */
export interface RouteGround {
  readonly routing: Routing
  /** The step at which the session was lowered last; null when it never was, or there is no session. */
  readonly keptAt: Share | null
  readonly means: MatchingMeans
  /** The id of a decision, should there be one. */
  readonly newId: () => string
}

/** As much of a judgement as choosing takes. */
export type RouteJudgement = Pick<Judgement, 'verdicts'> & {
  readonly snapshot: Pick<Judgement['snapshot'], 'asOf' | 'sessions'>
}

export interface RouteAnswer {
  readonly result: Result
  /** To be written down before the answer is given; null when the base was kept. */
  readonly decision: Decision | null
}

/** The answer to a call; `engine-needed` when a pattern takes an engine and `ground` has none. */
export function answerRoute(
  call: RouteCall,
  prompt: string,
  judgement: RouteJudgement,
  { routing, keptAt, means, newId }: RouteGround,
): RouteAnswer | 'engine-needed' {
  const matching = matchPrompt(routing.router, promptText(prompt), call.model === null, means)
  if (matching.kind === 'engine-needed') return matching.kind
  if (matching.kind === 'too-slow') return unanswered(tooSlow(matching.at), EXIT.cannotTell, call)
  const request = { ...labelsOf(call, judgement), model: call.model, keptAt }
  const choice = choose(request, matching.matched, judgement.verdicts, routing)
  if (choice === null) return unanswered(NOTHING_MATCHED, EXIT.nothingMatched, call)
  const name = call.tool === null ? choice.model : nameFor(call.tool, choice.model)
  if (name === null) return unanswered(unnamed(choice.model, call.tool), EXIT.cannotTell, call)
  const isLowered = choice.outcome.kind === 'lowered'
  const decision = isLowered ? decisionOf(choice, call, judgement, newId()) : null
  return { result: chosen(choice, name, call), decision }
}

function unanswered(trouble: Trouble, exitCode: number, call: RouteCall): RouteAnswer {
  return { result: withoutModel([trouble], exitCode, call), decision: null }
}

function unnamed(model: string, tool: string | null): Trouble {
  return {
    ...NOTHING_MATCHED,
    message: `${tool} has no name for ${model}`,
    fix: 'let model-router.yaml choose a model that this tool can ask, or leave out --tool',
  }
}

function tooSlow(at: string): Trouble {
  return {
    ...NOTHING_MATCHED,
    message: `matching the prompt took too long before ${at} of model-router.yaml was reached`,
    fix: 'write simpler patterns, best of all words with | between them',
  }
}

/** What the call says, and where it does not, the newest record of its session. */
function labelsOf({ project, tool, session }: RouteCall, { snapshot }: RouteJudgement): RequestLabels {
  const seen = snapshot.sessions.find(({ id }) => id === session)
  const labels = {
    project: project ?? known(seen?.project),
    tool: tool ?? known(seen?.tool),
    task_type: known(seen?.taskType),
  }
  return {
    sessionId: session,
    labels: Object.fromEntries(Object.entries(labels).filter(([, label]) => label !== undefined)),
  }
}

function known(label: string | undefined): string | undefined {
  return label === UNKNOWN ? undefined : label
}

function decisionOf(
  choice: Choice,
  call: RouteCall,
  { snapshot }: RouteJudgement,
  id: string,
): Decision | null {
  const { step, pressure } = choice
  if (step === null) return null
  return {
    id,
    timestamp: snapshot.asOf,
    from: choice.base,
    to: choice.model,
    pressure:
      pressure === null
        ? null
        : {
            budget: pressure.verdict.budget.id,
            spent: pressure.verdict.spent,
            limit: pressure.verdict.budget.limit,
          },
    step: step.at,
    reason: reasonOf(choice),
    taskType: basisText(choice.basis),
    sessionId: call.session,
    tool: call.tool,
  }
}
