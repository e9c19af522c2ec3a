import { type MainRates, type RatesOf, isCheaper } from './cheaper.ts'
import { shareText } from './decision.ts'
import { priceFix } from './judge-quality.ts'
import { modelMeant } from './model-alias.ts'
import type { DowngradeStep, RouterSettings } from './router.ts'

/** Something in a router's settings that will not do what it seems to. */
export interface RouterDoubt {
  /** `default`, `rules[0]`, `downgrade.steps[1]`: what of the settings it is about. */
  readonly key: string
  readonly message: string
  readonly fix: string
}

/** What there is to doubt in steps that should make models cheaper; nothing without steps. */
export function routerDoubts(
  router: RouterSettings,
  defaultModel: string | null,
  ratesOf: RatesOf,
): readonly RouterDoubt[] {
  const steps = router.downgrade?.steps ?? []
  if (steps.length === 0) return []
  const priced: RatesOf = (model) => ratesOf(modelMeant(model))
  return [
    ...basesOf(router, defaultModel).flatMap(({ key, model }) =>
      priced(model) === null ? [unpriced(key, model, 'never gives way to a cheaper one')] : [],
    ),
    ...floorDoubts(router, priced),
    ...steps.flatMap((step, index) => stepDoubts(step, index, router, defaultModel, priced)),
  ]
}

/** The models that a step may replace, and where they stand. */
function basesOf(
  { rules, default: otherwise }: RouterSettings,
  defaultModel: string | null,
): readonly { readonly key: string; readonly model: string }[] {
  const last =
    otherwise === null ? { key: 'default_model', model: defaultModel } : { key: 'default', model: otherwise }
  return [
    ...rules.map(({ model }, index) => ({ key: `rules[${index}]`, model })),
    ...(last.model === null ? [] : [{ key: last.key, model: last.model }]),
  ]
}

function floorDoubts({ rules }: RouterSettings, priced: RatesOf): RouterDoubt[] {
  return rules.flatMap(({ model, minModel }, index) => {
    if (minModel === null) return []
    const key = `rules[${index}]`
    const [own, floor] = [priced(model), priced(minModel)]
    if (floor === null) return [unpriced(key, minModel, 'holds every downgrade back as a min_model')]
    if (own === null || !isCheaper(own, floor)) return []
    const message = `rule ${index + 1} chooses ${model}, which is cheaper than its min_model ${minModel}`
    return [
      { key, message, fix: 'a min_model only limits downgrades: choose a model above it, or remove it' },
    ]
  })
}

function stepDoubts(
  { at, model }: DowngradeStep,
  index: number,
  router: RouterSettings,
  defaultModel: string | null,
  priced: RatesOf,
): RouterDoubt[] {
  const key = `downgrade.steps[${index}]`
  const rates = priced(model)
  if (rates === null) return [unpriced(key, model, 'is never taken as a step')]
  const bases = basesOf(router, defaultModel).flatMap((base) => priced(base.model) ?? [])
  const chooses = `the step at ${shareText(at)} chooses ${model}, which is`
  if (isUseless(rates, bases)) {
    const message = `${chooses} cheaper than nothing that the rules or the default choose`
    return [{ key, message, fix: 'choose a cheaper one, unless you mean models that are asked for by name' }]
  }
  const before = router.downgrade?.steps[index - 1]
  const ratesBefore = before === undefined ? null : priced(before.model)
  if (before === undefined || ratesBefore === null || isCheaper(rates, ratesBefore)) return []
  const message = `${chooses} not cheaper than ${before.model} of the step at ${shareText(before.at)}`
  return [{ key, message, fix: 'let models become cheaper from step to step' }]
}

function isUseless(rates: MainRates, bases: readonly MainRates[]): boolean {
  return bases.length > 0 && !bases.some((base) => isCheaper(rates, base))
}

function unpriced(key: string, model: string, consequence: string): RouterDoubt {
  return {
    key,
    message: `${model} is unknown or has no price, so it ${consequence}`,
    fix: `correct the name, or ${priceFix(model)}`,
  }
}
