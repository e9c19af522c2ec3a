import { type CallTokens, callCost, times } from '../core/call-cost.ts'
import { type Money, NO_MONEY, minus, plus, ratioOf } from '../core/money.ts'
import type { Price } from '../core/price.ts'
import {
  type Figures,
  type Section,
  type Table,
  count,
  fineMoney,
  money,
  name,
  share,
  word,
} from '../core/report.ts'

/** How many of the calls a model gets. */
export interface Tier {
  readonly price: Price
  readonly calls: number
}

/** What calls cost when each goes to a model that is good enough for it, beside all of them on the dearest model. */
export function tiering(tiers: readonly Tier[], tokens: CallTokens): readonly Section[] {
  const costs = tiers.map(({ price, calls }) => {
    const aCall = callCost(tokens, price)
    return { price, calls, aCall, cost: times(aCall, calls) }
  })
  const calls = tiers.reduce((sum, tier) => sum + tier.calls, 0)
  const mixed = costs.reduce<Money>((sum, { cost }) => plus(sum, cost), NO_MONEY)
  const dearest = costs.reduce((most, one) => (one.aCall > most.aCall ? one : most))
  const onDearest = times(dearest.aCall, calls)
  const table: Table = {
    kind: 'table',
    key: 'tiers',
    title: 'Each call on a model that is good enough',
    columns: [
      { key: 'model', title: 'model' },
      { key: 'calls', title: 'calls' },
      { key: 'cost_per_call_usd', title: 'a call' },
      { key: 'cost_usd', title: 'cost' },
    ],
    rows: costs.map((one) => [
      name(one.price.model),
      count(one.calls),
      fineMoney(one.aCall),
      money(one.cost, false),
    ]),
    total: [word('total'), count(calls), word(''), money(mixed, false)],
    left: 0,
  }
  const saved = minus(onDearest, mixed)
  const figures: Figures = {
    kind: 'figures',
    key: 'tiering',
    title: 'What tiering saves',
    figures: [
      { key: 'dearest_model', label: 'the dearest model', value: name(dearest.price.model) },
      { key: 'dearest_cost_usd', label: 'all calls on it', value: money(onDearest, false) },
      { key: 'cost_usd', label: 'tiered', value: money(mixed, false) },
      { key: 'saved_usd', label: 'saved', value: money(saved, false) },
      { key: 'saved', label: 'of all', value: share(ratioOf(saved, onDearest)) },
    ],
  }
  return [figures, table]
}
