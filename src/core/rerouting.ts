import { type Routing, choose } from './choose.ts'
import { type Matched, NO_MATCH } from './match-prompt.ts'
import { isSameModel, modelMeant } from './model-alias.ts'
import { type Money, NO_MONEY } from './money.ts'
import type { PriceTable } from './price-table.ts'
import { savedOn } from './record-saving.ts'
import { type UsageRecord, UNKNOWN } from './record.ts'

export interface ReroutingGround {
  readonly router: Routing['router']
  /** What the patterns of the router say of a type of task. */
  readonly matched: (taskType: string) => Matched
  readonly prices: PriceTable
  /** Whose prices decide, in epoch milliseconds. */
  readonly asOf: number
}

/**
 * Where a router would have sent what has already been asked. Prompts are never kept, so the type of the task stands in
 * for the prompt: a rule or a protection that matches it holds, and a task of no known type keeps its model, as a
 * request that names one does.
 */
export class Rerouting {
  readonly #ground: ReroutingGround
  readonly #routing: Routing
  /** By type of task, then by model and step. */
  readonly #known = new Map<string, Map<string, string | null>>()

  constructor(ground: ReroutingGround) {
    const { router, prices, asOf } = ground
    this.#ground = ground
    const ratesOf: Routing['ratesOf'] = (model) => prices.priceOf(model, asOf)?.rates ?? null
    this.#routing = { router, defaultModel: null, ratesOf }
  }

  /** The model of a request at a downgrade step, counted from 1; 0 is below the first. Null where it keeps its own. */
  targetOf(model: string, taskType: string, step: number): string | null {
    const ofTask = this.#known.get(taskType) ?? new Map<string, string | null>()
    this.#known.set(taskType, ofTask)
    const key = `${step} ${model}`
    const known = ofTask.get(key)
    if (known !== undefined) return known
    const chosen = this.#choose(model, taskType, step)
    const target = isSameModel(model, chosen) ? null : chosen
    ofTask.set(key, target)
    return target
  }

  /** What that would have saved on a record, below zero for a dearer model; nothing where nobody can tell. */
  savedBy(record: UsageRecord, cost: Money, step: number): Money {
    const target = this.targetOf(record.model, record.taskType, step)
    if (target === null) return NO_MONEY
    const { prices, asOf } = this.#ground
    const [own, other] = [prices.priceOf(record.model, asOf), prices.priceOf(target, asOf)]
    return own === null || other === null ? NO_MONEY : savedOn(record, cost, own, other)
  }

  #choose(model: string, taskType: string, step: number): string {
    const { router, matched } = this.#ground
    const { rule, isProtected } = taskType === UNKNOWN ? NO_MATCH : matched(taskType)
    const at = router.downgrade?.steps[step - 1]?.at ?? null
    const request = { model: rule === null ? model : null, keptAt: at, sessionId: null, labels: {} }
    const choice = choose(request, { rule, isProtected }, [], this.#routing)
    return modelMeant(choice?.model ?? model)
  }
}
