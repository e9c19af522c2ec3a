import { type CallTokens, callCost, times } from '../core/call-cost.ts'
import type { Money } from '../core/money.ts'
import type { Price } from '../core/price.ts'
import {
  type Figures,
  NONE,
  type Section,
  type Table,
  type TableColumn,
  type Value,
  count,
  fineMoney,
  money,
  name,
} from '../core/report.ts'
import { MONTH_DAYS } from './example-operations.ts'
import { type RepeatedCalls, waysToPayLess } from './ways-to-pay-less.ts'

/** What is to be estimated. */
export interface EstimateAsked extends RepeatedCalls {
  /** Calls a day, for what a day and a month cost; null when nobody asks. */
  readonly callsADay: number | null
  /** Each model that has a price, with the price that holds. */
  readonly models: readonly Price[]
  readonly mostRows: number
}

/** What calls cost on each model, and how the same could cost less. */
export function estimate(asked: EstimateAsked): readonly Section[] {
  const costs = asked.models
    .map((price) => ({ price, cost: callCost(asked.tokens, price) }))
    .toSorted((a, b) => compare(a.cost, b.cost) || (a.price.model < b.price.model ? -1 : 1))
  return [
    callFigures(asked),
    modelTable(costs, asked),
    ...waysToPayLess(
      costs.slice(0, asked.mostRows).map(({ price }) => price),
      asked,
    ),
  ]
}

interface CallCost {
  readonly price: Price
  readonly cost: Money
}

/** Caches are told of only where they are used. */
function callFigures({ tokens, calls, callsADay }: EstimateAsked): Figures {
  const figures = [
    { key: 'input_tokens', label: 'input tokens', value: count(tokens.input) },
    { key: 'output_tokens', label: 'output tokens', value: count(tokens.output) },
    { key: 'cache_read_tokens', label: 'read from cache', value: count(tokens.cacheRead) },
    { key: 'cache_write_tokens', label: 'written to cache', value: count(tokens.cacheWrite) },
    { key: 'calls', label: 'calls', value: count(calls) },
    { key: 'calls_per_day', label: 'calls a day', value: callsADay === null ? NONE : count(callsADay) },
  ]
  const isCached = tokens.cacheRead + tokens.cacheWrite > 0
  const told = figures.filter(
    ({ key }) => (isCached || !key.startsWith('cache')) && (callsADay !== null || key !== 'calls_per_day'),
  )
  return { kind: 'figures', key: 'call', title: 'One call', figures: told }
}

/** What is told of each model; a column only where it says something else than the one before. */
function modelTable(
  costs: readonly CallCost[],
  { tokens, calls, callsADay, mostRows }: EstimateAsked,
): Table {
  const columns: readonly (TableColumn & { readonly valueOf: (one: CallCost) => Value })[] = [
    { key: 'model', title: 'model', valueOf: ({ price }) => name(price.model) },
    { key: 'cost_per_call_usd', title: 'a call', valueOf: ({ cost }) => fineMoney(cost) },
    ...(calls === 1
      ? []
      : [
          {
            key: 'cost_usd',
            title: 'all calls',
            valueOf: ({ cost }: CallCost) => fineMoney(times(cost, calls)),
          },
        ]),
    {
      key: 'batch_cost_usd',
      title: calls === 1 ? 'in a batch' : 'all in a batch',
      expendable: 1,
      valueOf: ({ price }) => {
        const cost = batchCost(tokens, calls, price)
        return cost === null ? NONE : fineMoney(cost)
      },
    },
    ...(callsADay === null
      ? []
      : [
          {
            key: 'cost_per_day_usd',
            title: 'a day',
            valueOf: ({ cost }: CallCost) => fineMoney(times(cost, callsADay)),
          },
          {
            key: 'cost_per_month_usd',
            title: 'a month',
            valueOf: ({ cost }: CallCost) => money(times(cost, callsADay * MONTH_DAYS), false),
          },
        ]),
  ]
  return {
    kind: 'table',
    key: 'models',
    title: 'By model, the cheapest first',
    columns,
    rows: costs.slice(0, mostRows).map((one) => columns.map(({ valueOf }) => valueOf(one))),
    total: null,
    left: Math.max(0, costs.length - mostRows),
  }
}

/** What the calls cost when they need not be answered at once; null where there is no such offer. */
function batchCost(tokens: CallTokens, calls: number, price: Price): Money | null {
  return price.factors.has('batch') ? times(callCost(tokens, price, 'batch'), calls) : null
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
