import type { Choice } from '../choose.ts'
import { shareAmount } from '../decision.ts'
import { type Json, jsonText } from '../json.ts'
import type { Trouble } from '../judgement.ts'
import { type Result, success } from '../result.ts'
import { safeText } from '../safe-text.ts'
import type { NamedTool } from '../tool-names.ts'
import { troubleText } from './check-text.ts'
import { basisText, pressureText, reasonOf } from './route-reason.ts'

/** How an answer is printed. */
export interface RouteOutput {
  readonly json: boolean
  readonly explain: boolean
  /** The tool whose name for the model is wanted; null for ours. */
  readonly tool: NamedTool | null
  /** What to print in any trouble; null to print nothing then. */
  readonly fallback: string | null
}

/** Version of the shape; members may be added without a new one. */
const SCHEMA = 1

/** Prints the chosen model by a name and nothing else; what there is to say about it goes to stderr. */
export function chosen(choice: Choice, name: string, { json, explain }: RouteOutput): Result {
  if (json) return success(document(choiceJson(choice, name)))
  return success(`${name}\n`, explain ? explanation(choice) : remark(choice))
}

/** Prints the fallback where there is one, and why; else nothing but why. */
export function withoutModel(
  troubles: readonly Trouble[],
  exitCode: number,
  { json, fallback }: Pick<RouteOutput, 'json' | 'fallback'>,
): Result {
  const [first] = troubles
  const error = first === undefined ? undefined : { ...first }
  if (fallback === null) {
    return json
      ? { stdout: document({ model: null, exit_code: exitCode, error }), stderr: '', exitCode }
      : { stdout: '', stderr: troubleText(troubles), exitCode }
  }
  if (json) return success(document({ model: fallback, fallback: true, error }))
  return success(`${fallback}\n`, `${troubleText(troubles)}ai-costs: so it is the fallback, ${fallback}\n`)
}

/** What is said when no place in the settings names a model. */
export const NOTHING_MATCHED: Trouble = {
  file: null,
  line: null,
  column: null,
  message: 'nothing names a model for this request',
  fix: 'set `default:` in model-router.yaml, name a MODEL, or add --fallback MODEL',
}

function choiceJson(choice: Choice, model: string): { readonly [key: string]: Json } {
  const { base, basis, pressure, step, isProtected, outcome } = choice
  return {
    model,
    requested: basis.kind === 'requested' ? base : null,
    base,
    rule: basis.kind === 'rule' ? basis.number : null,
    reason: reasonOf(choice),
    // JSON knows no infinity: spending against a limit of zero is `exceeded` without a number.
    pressure: pressure === null || pressure.ratio === Infinity ? null : pressure.ratio,
    at_least: pressure?.isAtLeast ?? false,
    exceeded: pressure?.verdict.exceeded ?? false,
    budget: pressure?.verdict.budget.id ?? null,
    step: step === null ? null : shareAmount(step.at),
    protected: isProtected,
    downgraded: outcome.kind === 'lowered',
  }
}

/** A downgrade is never silent, nor is a pressure that may be higher than it looks. */
function remark(choice: Choice): string {
  const isNews = choice.outcome.kind === 'lowered' || choice.pressure?.isAtLeast === true
  return isNews ? `ai-costs: ${safeText(reasonOf(choice))}\n` : ''
}

function explanation(choice: Choice): string {
  const { pressure, step, base, basis, isProtected } = choice
  const lines = [
    `base: ${base} (${basisText(basis)})`,
    `pressure: ${pressure === null ? 'none' : pressureText(pressure)}`,
    `step: ${step === null ? 'none' : step.model}${isProtected ? ', protected' : ''}`,
    `so: ${reasonOf(choice)}`,
  ]
  return lines.map((text) => `ai-costs: ${safeText(text)}\n`).join('')
}

function document(members: { readonly [key: string]: Json | undefined }): string {
  return `${jsonText({ schema: SCHEMA, ...members })}\n`
}
