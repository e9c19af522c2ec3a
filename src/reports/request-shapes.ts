import { computedCost, requestTokens } from '../core/cost.ts'
import { type Money, NO_MONEY, picodollarsOf, plus, scaleHalfEven } from '../core/money.ts'
import { FEWEST_REQUESTS, MOST_CONTEXT, MOST_OUTPUT } from '../core/overkill.ts'
import type { Price } from '../core/price.ts'
import { savedOn } from '../core/record-saving.ts'
import { type UsageRecord, UNKNOWN } from '../core/record.ts'

/** How the requests of one model in one session look. */
export interface RequestShape {
  readonly sessionId: string
  readonly model: string
  readonly requests: number
  readonly usd: Money
  /** True when all of them look like work for a smaller model: little was written, and little had to be read for it. */
  readonly isSmall: boolean
  /** What that smaller model would have saved. */
  readonly saved: Money
  /** Tokens of an average request among the first few and the last few. */
  readonly firstContext: number
  readonly lastContext: number
  /** What was paid for reading what had come on top of the first requests. */
  readonly growthUsd: Money
}

/** The price of a model, and of the smaller one that may do. */
export type PricesOf = (model: string) => { readonly own: Price; readonly smaller: Price | null } | null

/** Of how many requests a beginning and an end are made. */
const FEW = 5

/** Looks at requests as they come, in the order of their sessions; keeps a few numbers for each session and model. */
export class RequestShapes {
  readonly #pricesOf: PricesOf
  readonly #shapes = new Map<string, Map<string, Shape>>()

  constructor(pricesOf: PricesOf) {
    this.#pricesOf = pricesOf
  }

  /** Notes a record that cost so much; null when nobody can tell. Corrections have no shape, and are passed over. */
  note(record: UsageRecord, cost: Money | null): void {
    if (record.adjustment || record.sessionId === UNKNOWN) return
    const models = this.#shapes.get(record.sessionId) ?? new Map<string, Shape>()
    this.#shapes.set(record.sessionId, models)
    const shape = models.get(record.model) ?? new Shape()
    models.set(record.model, shape)
    shape.note(record, cost ?? NO_MONEY, this.#pricesOf(record.model))
  }

  *all(): Generator<RequestShape> {
    for (const [sessionId, models] of this.#shapes) {
      for (const [model, shape] of models) yield { sessionId, model, ...shape.shape() }
    }
  }
}

class Shape {
  #requests = 0
  #usd = NO_MONEY
  #small = 0
  #mostContext = 0
  #hasSums = false
  #saved = NO_MONEY
  #firstTokens = 0
  readonly #latest: number[] = []
  #growth = NO_MONEY

  note(record: UsageRecord, cost: Money, prices: ReturnType<PricesOf>): void {
    const context = requestTokens(record)
    this.#requests++
    this.#usd = plus(this.#usd, cost)
    if (record.outputTokens <= MOST_OUTPUT) this.#small++
    this.#mostContext = Math.max(this.#mostContext, context)
    this.#hasSums ||= record.aggregate
    if (prices !== null) this.#price(record, cost, context, prices)
    if (this.#requests <= FEW) this.#firstTokens += context
    this.#latest[(this.#requests - 1) % FEW] = context
  }

  shape(): Omit<RequestShape, 'sessionId' | 'model'> {
    const last = this.#latest.reduce((sum, tokens) => sum + tokens, 0) / this.#latest.length
    return {
      requests: this.#requests,
      usd: this.#usd,
      isSmall: this.#isSmall,
      saved: this.#saved,
      firstContext: Math.round(this.#firstContext),
      lastContext: Math.round(last),
      growthUsd: this.#hasSums ? NO_MONEY : this.#growth,
    }
  }

  /** The same rule as that of a session's review, from running counts. */
  get #isSmall(): boolean {
    return (
      !this.#hasSums &&
      this.#requests >= FEWEST_REQUESTS &&
      this.#small >= Math.ceil(this.#requests * 0.9) &&
      this.#mostContext <= MOST_CONTEXT
    )
  }

  get #firstContext(): number {
    return this.#firstTokens / Math.min(FEW, Math.max(1, this.#requests))
  }

  #price(
    record: UsageRecord,
    cost: Money,
    context: number,
    { own, smaller }: NonNullable<ReturnType<PricesOf>>,
  ): void {
    if (smaller !== null) this.#saved = plus(this.#saved, savedOn(record, cost, own, smaller))
    if (this.#requests <= FEW) return
    const grown = Math.round(context - this.#firstContext)
    if (grown <= 0) return
    const reading = computedCost({ ...record, outputTokens: 0, webSearchRequests: 0 }, own)
    const paid = picodollarsOf(reading < cost ? reading : cost)
    this.#growth = plus(this.#growth, scaleHalfEven(paid, BigInt(grown), BigInt(context)))
  }
}
