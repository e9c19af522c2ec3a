import { isCheaper } from './cheaper.ts'
import { type CostMode, costOf } from './cost.ts'
import { type Guardian, filledMessage } from './guardian.ts'
import { type Money, NO_MONEY, displayMoney, minus, plus } from './money.ts'
import { isHalfAsDear, nextCheaper } from './next-cheaper.ts'
import { type Overkill, type RoutedTask, overkillOf } from './overkill.ts'
import type { Price } from './price.ts'
import type { PriceTable } from './price-table.ts'
import type { UsageRecord } from './record.ts'
import { savedOn } from './record-saving.ts'

/** What a session cost, and whether it could have cost less. */
export interface SessionAdvice {
  readonly sessionId: string
  readonly cost: Money
  /** True when something in it has no price: the truth is `≥ cost`. */
  readonly lowerBound: boolean
  /** Null when nobody set how much a session may cost. */
  readonly warnOver: Money | null
  readonly isOver: boolean
  /** The model that most of it was spent on. */
  readonly model: string
  /** Null also where nobody asked. */
  readonly overkill: Overkill | null
  /** Null when there is none, or nobody wants to know. */
  readonly cheaper: CheaperModel | null
  /** What to say; null when there is nothing to warn of. */
  readonly message: string | null
}

/** What the session would have cost on another model, at the prices of now. */
export interface CheaperModel {
  readonly model: string
  /** All of it, the other models in it as they were. */
  readonly cost: Money
  readonly saved: Money
}

export interface AdviceGround {
  readonly guardian: Guardian
  readonly table: PriceTable
  /** Every model that has a price. */
  readonly models: readonly string[]
  readonly costMode: CostMode
  /** Epoch milliseconds. */
  readonly asOf: number
  readonly routed: (taskType: string) => RoutedTask
}

/** Reviews the records of a session, adjustments included; null when there are none. */
export function adviseOn(
  sessionId: string,
  records: readonly UsageRecord[],
  ground: AdviceGround,
): SessionAdvice | null {
  const costs = records.map((record): RecordCost => ({
    record,
    cost: costOf(record, ground.table, ground.costMode),
  }))
  const model = mainModel(costs)
  if (model === null) return null
  const { guardian } = ground
  const cost = sumOf(costs)
  const isOver = guardian.warnOver !== null && cost > guardian.warnOver
  const saving = (price: Price | null): CheaperModel | null =>
    price === null ? null : savingOn(price, model, costs, ground)
  const own = records.filter((record) => record.model === model)
  const suspected = guardian.warnsOfOverkill ? overkillOf(own, ground.routed) : null
  const enough = suspected === null ? null : saving(priceForLess(suspected, model, ground))
  // What would have cost no less is no overkill, whatever it looks like.
  const overkill = enough === null ? null : suspected
  const cheaper = guardian.suggestsCheaper ? (enough ?? saving(nextPrice(model, isCheaper, ground))) : null
  const advice = { sessionId, cost, warnOver: guardian.warnOver, isOver, model, overkill, cheaper }
  return {
    ...advice,
    lowerBound: costs.some((one) => one.cost === null),
    message: isOver || overkill !== null ? messageOf(advice, guardian) : null,
  }
}

interface RecordCost {
  readonly record: UsageRecord
  /** Null when nobody can tell. */
  readonly cost: Money | null
}

function mainModel(costs: readonly RecordCost[]): string | null {
  const byModel = new Map<string, Money>()
  for (const { record, cost } of costs) {
    byModel.set(record.model, plus(byModel.get(record.model) ?? NO_MONEY, cost ?? NO_MONEY))
  }
  let main: string | null = null
  for (const [model, cost] of byModel) if (main === null || cost > byModel.get(main)!) main = model
  return main
}

function sumOf(costs: readonly RecordCost[]): Money {
  return costs.reduce<Money>((sum, { cost }) => plus(sum, cost ?? NO_MONEY), NO_MONEY)
}

/** What would have done: the dearest model that the rules name for it, or one of the same maker at half the price. */
function priceForLess(overkill: Overkill, model: string, ground: AdviceGround): Price | null {
  if (overkill.kind === 'shape') return nextPrice(model, isHalfAsDear, ground)
  const { table, asOf } = ground
  const own = table.priceOf(model, asOf)
  const ruled = overkill.models.map((name) => table.priceOf(name, asOf))
  return ruled.reduce<Price | null>((dearest, one, index) => {
    // One that is not proven to be cheaper speaks against all of them.
    const isProven = one !== null && own !== null && isCheaper(one.rates, own.rates)
    if (!isProven || (index > 0 && dearest === null)) return null
    return dearest === null || one.rates.output > dearest.rates.output ? one : dearest
  }, null)
}

/** Null also for a model without a price, which nothing can be compared with. */
function nextPrice(
  model: string,
  isEnough: typeof isCheaper,
  { table, models, asOf }: AdviceGround,
): Price | null {
  const own = table.priceOf(model, asOf)
  if (own === null) return null
  const prices = models.flatMap((name) => table.priceOf(name, asOf) ?? [])
  return nextCheaper(own, prices, isEnough)
}

/** What another price saves on the records of a model; null when that is nothing. */
function savingOn(
  price: Price,
  model: string,
  costs: readonly RecordCost[],
  { table, asOf }: AdviceGround,
): CheaperModel | null {
  const own = table.priceOf(model, asOf)
  if (own === null) return null
  let saved = NO_MONEY
  for (const { record, cost } of costs) {
    if (record.model !== model || cost === null) continue
    saved = plus(saved, savedOn(record, cost, own, price))
  }
  return saved > 0n ? { model: price.model, cost: minus(sumOf(costs), saved), saved } : null
}

type Told = Pick<SessionAdvice, 'sessionId' | 'cost' | 'warnOver' | 'model' | 'cheaper'>

function messageOf({ sessionId, cost, warnOver, model, cheaper }: Told, { message }: Guardian): string {
  const spent = displayMoney(cost)
  const filled = filledMessage(message, {
    cost: spent,
    cheaper_model: cheaper?.model ?? null,
    cheaper_cost: cheaper === null ? null : displayMoney(cheaper.cost),
    saved: cheaper === null ? null : displayMoney(cheaper.saved),
    model,
    session: sessionId,
    limit: warnOver === null ? null : displayMoney(warnOver),
  })
  return filled ?? `This session cost ${spent}.`
}
