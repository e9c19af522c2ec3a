import type { MainRates, RatesOf } from './cheaper.ts'
import type { Routing } from './choose.ts'
import { modelMeant } from './model-alias.ts'
import { type Share, picodollarsOf } from './money.ts'
import type { PriceTable } from './price-table.ts'
import type { RouterSettings } from './router.ts'
import { type SavedHead, type SavedSettings, type Stamp, sameStamp } from './saved-ledger.ts'

/**
 * What choosing a model stands on during one day, as plain JSON. It lies in a file of its own: there may be hundreds of
 * rules, and nobody else reads them.
 */
export interface SavedRouting {
  readonly router: Omit<RouterSettings, 'downgrade'> & { readonly downgrade: SavedDowngrade | null }
  readonly defaultModel: string | null
  readonly rates: readonly SavedRates[]
}

type SavedDowngrade = Omit<NonNullable<RouterSettings['downgrade']>, 'steps'> & {
  readonly steps: readonly SavedStep[]
}

/** In millionths, as decimal text. */
type SavedStep = readonly [at: string, model: string]

/** Picodollars of a token, as decimal text; null for a model without a price. */
type SavedRates = readonly [model: string, rates: readonly [input: string, output: string] | null]

/** What says which settings, and which day, it was made of. */
interface Seal {
  readonly program: string
  readonly settings: Stamp
  /** Epoch milliseconds: prices are those of this day. */
  readonly start: number
}

export type SealedRouting = SavedRouting & Seal

/** As much of the head of a cache. */
type Sealing = Pick<SavedHead, 'program'> & {
  readonly today: { readonly start: number }
  readonly settings: Pick<SavedSettings, 'stamp'> | null
}

/** From one instant to another, the later one not included. A model whose price changes in between is left out. */
export function saveRouting(
  router: RouterSettings,
  defaultModel: string | null,
  prices: PriceTable,
  from: number,
  to: number,
): SavedRouting {
  const models = new Set(modelsOf(router, defaultModel).map(modelMeant))
  const { downgrade } = router
  return {
    router: {
      ...router,
      downgrade: downgrade && {
        ...downgrade,
        steps: downgrade.steps.map(({ at, model }): SavedStep => [String(at), model]),
      },
    },
    defaultModel,
    rates: [...models].flatMap((model): SavedRates[] => {
      const price = prices.priceOf(model, from)
      if (price !== prices.priceOf(model, to - 1)) return []
      return [[model, price && [String(price.rates.input), String(price.rates.output)]]]
    }),
  }
}

/** The same with the seal of the settings and the day that it was made of. */
export function sealRouting(
  routing: SavedRouting,
  { program, settings, today }: Sealing,
): SealedRouting | null {
  return settings === null ? null : { program, settings: settings.stamp, start: today.start, ...routing }
}

/** The routing that goes with the head of a cache; null when it is of other settings, or of another day. */
export function savedRouting({ program, settings, today }: Sealing, content: unknown): SavedRouting | null {
  if (settings === null || typeof content !== 'object' || content === null) return null
  if (!('program' in content) || content.program !== program) return null
  const sealed = content as SealedRouting
  return sameStamp(sealed.settings, settings.stamp) && sealed.start === today.start ? sealed : null
}

/** The routing itself; `otherwise` is asked for models that it does not name. */
export function restoreRouting({ router, defaultModel, rates }: SavedRouting, otherwise: RatesOf): Routing {
  const { downgrade } = router
  const known = new Map(rates)
  return {
    router: {
      ...router,
      downgrade: downgrade && {
        ...downgrade,
        steps: downgrade.steps.map(([at, model]) => ({ at: BigInt(at) as Share, model })),
      },
    },
    defaultModel,
    ratesOf(model) {
      const saved = known.get(model)
      return saved === undefined ? otherwise(model) : saved && ratesFrom(saved)
    },
  }
}

function ratesFrom([input, output]: readonly [string, string]): MainRates {
  return { input: picodollarsOf(BigInt(input)), output: picodollarsOf(BigInt(output)) }
}

function modelsOf({ rules, default: chosen, downgrade }: RouterSettings, defaultModel: string | null) {
  const named = [
    ...rules.flatMap(({ model, minModel }) => [model, minModel]),
    ...(downgrade?.steps.map(({ model }) => model) ?? []),
    chosen,
    defaultModel,
  ]
  return named.filter((model) => model !== null)
}
