import { type CallTokens, callCost, times } from '../core/call-cost.ts'
import { type Money, minus, plus, ratioOf } from '../core/money.ts'
import type { Price } from '../core/price.ts'
import { NONE, type Section, type Value, count, fineMoney, name, share, word } from '../core/report.ts'

/** Calls that are alike. */
export interface RepeatedCalls {
  /** Of one call. */
  readonly tokens: CallTokens
  readonly calls: number
  /** Of the input, what is the same in every call; null when nobody says. */
  readonly shared: number | null
  /** To how many tokens the input could be pruned; null when nobody asks. */
  readonly prunedTo: number | null
}

/** A way to have the same for less. */
interface Way {
  readonly name: string
  readonly cost: Money
  /** The number of calls from which it costs less than without it; null where that is any. */
  readonly from: number | null
}

/**
 * How the same calls could cost less on each of some models: pruned, as one request, with what they share kept in the
 * provider's cache, or without hurry in a batch. Nothing when nobody said what could be pruned or is shared.
 */
export function waysToPayLess(models: readonly Price[], asked: RepeatedCalls): readonly Section[] {
  if (asked.shared === null && asked.prunedTo === null) return []
  const rows = models.flatMap((price) => {
    const plain = times(callCost(asked.tokens, price), asked.calls)
    return [{ name: 'as it is', cost: plain, from: null }, ...waysOf(price, asked)].map((way) =>
      rowOf(price, way, plain),
    )
  })
  return [
    {
      kind: 'table',
      key: 'ways',
      title: 'Ways to pay less',
      columns: [
        { key: 'model', title: 'model' },
        { key: 'way', title: 'way' },
        { key: 'cost_usd', title: 'cost' },
        { key: 'saved_usd', title: 'saved' },
        { key: 'saved', title: 'of it' },
        { key: 'pays_from_calls', title: 'pays from calls', expendable: 1 },
      ],
      rows,
      total: null,
      left: 0,
    },
  ]
}

/** What is dearer than before is told too: a cache that is written and never read is. */
function rowOf(price: Price, { name: way, cost, from }: Way, plain: Money): readonly Value[] {
  const saved = minus(plain, cost)
  return [
    name(price.model),
    word(way),
    fineMoney(cost),
    fineMoney(saved),
    share(ratioOf(saved, plain)),
    from === null ? NONE : count(from),
  ]
}

function waysOf(price: Price, { tokens, calls, shared, prunedTo }: RepeatedCalls): readonly Way[] {
  const ways: Way[] = []
  if (prunedTo !== null) {
    const cost = times(callCost({ ...tokens, input: prunedTo }, price), calls)
    ways.push({ name: 'input pruned', cost, from: null })
  }
  if (shared !== null && calls > 1) {
    ways.push({ name: 'in one request', cost: callCost(together(tokens, calls, shared), price), from: null })
    ways.push({
      name: 'shared part cached',
      cost: cachedCost(tokens, calls, shared, price),
      from: paysFrom(price),
    })
  }
  if (price.factors.has('batch')) {
    ways.push({ name: 'in a batch', cost: times(callCost(tokens, price, 'batch'), calls), from: null })
  }
  return ways
}

/** What the calls share is sent once. */
function together(
  { input, output, cacheRead, cacheWrite }: CallTokens,
  calls: number,
  shared: number,
): CallTokens {
  return {
    input: shared + (input - shared) * calls,
    output: output * calls,
    cacheRead: cacheRead * calls,
    cacheWrite: cacheWrite * calls,
  }
}

/** The first call writes what all share to the cache, the others read it there. */
function cachedCost(tokens: CallTokens, calls: number, shared: number, price: Price): Money {
  const input = tokens.input - shared
  const first = callCost({ ...tokens, input, cacheWrite: tokens.cacheWrite + shared }, price)
  const next = callCost({ ...tokens, input, cacheRead: tokens.cacheRead + shared }, price)
  return plus(first, times(next, calls - 1))
}

/** The least number of calls of which writing once and reading often costs less; null where it never does. */
function paysFrom({ rates: { input, cacheRead, cacheWrite } }: Price): number | null {
  if (cacheRead >= input) return null
  // write + (calls - 1) · read < calls · input
  const more = cacheWrite - cacheRead
  return Math.max(1, Number(more < 0n ? 0n : more / (input - cacheRead)) + 1)
}
