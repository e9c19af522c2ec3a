import { type RatesOf, isCheaper, isNoDearer } from './cheaper.ts'
import type { Matched } from './match-prompt.ts'
import { isSameModel, modelMeant } from './model-alias.ts'
import type { Share } from './money.ts'
import { type Pressure, type RequestLabels, hasReached, pressureOf } from './pressure.ts'
import type { DowngradeStep, RouterRule, RouterSettings } from './router.ts'
import type { Verdict } from './verdict.ts'

export interface RouteRequest extends RequestLabels {
  /** The model that was asked for, which skips the rules; null leaves it to them. */
  readonly model: string | null
  /** The step at which this session was lowered last: it is not raised again. Null when it never was. */
  readonly keptAt: Share | null
}

/** What of the settings and prices a choice stands on. */
export interface Routing {
  readonly router: RouterSettings
  /** The model when neither a rule nor `default` names one; null for none. */
  readonly defaultModel: string | null
  readonly ratesOf: RatesOf
}

/** Why the base is the base. `number` counts the rules from 1, as people do. */
export type Basis =
  | { readonly kind: 'requested' }
  | { readonly kind: 'rule'; readonly number: number; readonly rule: RouterRule }
  | { readonly kind: 'default' }
  | { readonly kind: 'default-model' }

/** What became of the base, and why. */
export type Outcome =
  | {
      readonly kind: 'no-steps' | 'no-budget' | 'below-steps' | 'protected' | 'same' | 'not-cheaper' | 'floor'
    }
  /** Without the price of this model nobody can tell what is cheaper. */
  | { readonly kind: 'unpriced'; readonly model: string }
  | { readonly kind: 'lowered'; readonly byFloor: boolean }

/** A model, and everything that led to it. */
export interface Choice {
  readonly model: string
  /** What it would be if money were no matter. */
  readonly base: string
  readonly basis: Basis
  /** Null without steps, or when no driving budget sees the request. */
  readonly pressure: Pressure | null
  /** The step that holds, whether or not it could be taken; null below the first. */
  readonly step: DowngradeStep | null
  /** True when the pressure alone would not have led to that step: the session was there already. */
  readonly isKept: boolean
  readonly isProtected: boolean
  readonly outcome: Outcome
}

/**
 * Chooses a model: the requested one, else that of the rule that matched, else the default; then the step that the
 * pressure has reached, unless the prompt is protected or the step's model is not proven to be cheaper. Never a dearer
 * one. Null when nothing names a model.
 */
export function choose(
  request: RouteRequest,
  matched: Matched,
  verdicts: readonly Verdict[],
  { router, defaultModel, ratesOf }: Routing,
): Choice | null {
  const found = baseOf(request, matched, router, defaultModel)
  if (found === null) return null
  const { base, basis } = found
  const { steps, budgets } = router.downgrade ?? { steps: [], budgets: [] }
  // The budget of a model sees what is about to use it, not what the session used before.
  const labels = { ...request.labels, model: modelMeant(base) }
  const pressure = steps.length === 0 ? null : pressureOf(verdicts, budgets, { ...request, labels })
  const pressed = lastReached(steps, (at) => pressure !== null && hasReached(pressure, at))
  const kept = lastReached(steps, (at) => request.keptAt !== null && at <= request.keptAt)
  const isKept = kept !== null && (pressed === null || pressed.at < kept.at)
  const step = isKept ? kept : pressed
  const common = { base, basis, pressure, step, isKept, isProtected: matched.isProtected }
  if (step === null) return { ...common, model: base, outcome: { kind: whyNoStep(steps, pressure) } }
  if (matched.isProtected) return { ...common, model: base, outcome: { kind: 'protected' } }
  const floor = basis.kind === 'rule' ? basis.rule.minModel : null
  return { ...common, ...lowered(base, step.model, floor, ratesOf) }
}

function baseOf(
  { model }: RouteRequest,
  matched: Matched,
  router: RouterSettings,
  defaultModel: string | null,
): { readonly base: string; readonly basis: Basis } | null {
  if (model !== null) return { base: model, basis: { kind: 'requested' } }
  const rule = matched.rule === null ? undefined : router.rules[matched.rule]
  if (matched.rule !== null && rule !== undefined) {
    return { base: rule.model, basis: { kind: 'rule', number: matched.rule + 1, rule } }
  }
  if (router.default !== null) return { base: router.default, basis: { kind: 'default' } }
  return defaultModel === null ? null : { base: defaultModel, basis: { kind: 'default-model' } }
}

function lastReached(
  steps: readonly DowngradeStep[],
  isReached: (at: Share) => boolean,
): DowngradeStep | null {
  return steps.findLast(({ at }) => isReached(at)) ?? null
}

function whyNoStep(
  steps: readonly DowngradeStep[],
  pressure: Pressure | null,
): 'no-steps' | 'no-budget' | 'below-steps' {
  if (steps.length === 0) return 'no-steps'
  return pressure === null ? 'no-budget' : 'below-steps'
}

/** The step's model, or the floor where that is below it; the base where neither is proven to be cheaper. */
function lowered(
  base: string,
  target: string,
  floor: string | null,
  ratesOf: RatesOf,
): Pick<Choice, 'model' | 'outcome'> {
  const stays = (outcome: Outcome) => ({ model: base, outcome })
  if (isSameModel(base, target)) return stays({ kind: 'same' })
  const [own, wanted] = [base, target].map((model) => ratesOf(modelMeant(model)))
  if (!own) return stays({ kind: 'unpriced', model: base })
  if (!wanted) return stays({ kind: 'unpriced', model: target })
  if (!isCheaper(wanted, own)) return stays({ kind: 'not-cheaper' })
  if (floor === null || isSameModel(floor, target))
    return { model: target, outcome: { kind: 'lowered', byFloor: false } }
  const least = ratesOf(modelMeant(floor))
  if (!least) return stays({ kind: 'unpriced', model: floor })
  if (isNoDearer(least, wanted)) return { model: target, outcome: { kind: 'lowered', byFloor: false } }
  return isCheaper(least, own)
    ? { model: floor, outcome: { kind: 'lowered', byFloor: true } }
    : stays({ kind: 'floor' })
}
