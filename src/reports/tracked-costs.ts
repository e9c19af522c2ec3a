import type { ExplainedRecord } from '../core/cost-summary.ts'
import { COST_KINDS, type CostKind } from '../core/cost-breakdown.ts'
import { type Money, NO_MONEY, minus, plus, ratioOf } from '../core/money.ts'
import { type NamedPricedSum, type PricedSum, pricedSum, pricedSumsBy } from '../core/priced-sum.ts'
import { NONE, type Table, type Value, count, money, name, share, word } from '../core/report.ts'
import { type TrackedFacts, allUsed } from './tracked-facts.ts'

/** What the cost is made of: by what is paid for, by model, and by kind of work. */
export function costTables(facts: TrackedFacts): readonly Table[] {
  const used = allUsed(facts)
  const total = pricedSum(used)
  return [
    kindTable(used, total),
    sumTable(
      { key: 'models', title: 'Models', label: 'model' },
      pricedSumsBy(used, ({ model }) => model),
      total,
    ),
    sumTable(
      { key: 'task_types', title: 'Operations', label: 'task_type' },
      pricedSumsBy(used, ({ taskType }) => taskType),
      total,
    ),
  ]
}

const KIND_WORDS: Readonly<Record<CostKind, string>> = {
  input: 'input',
  output: 'output',
  cache_read: 'cache read',
  cache_write: 'cache write',
  cache_write_1h: 'cache write, 1 hour',
  web_search: 'web search',
}

function kindTable(used: readonly ExplainedRecord[], total: PricedSum): Table {
  const lines = COST_KINDS.flatMap((kind): readonly KindLine[] => {
    const { number, cost } = kindSum(used, kind)
    return number === 0 ? [] : [{ kind: KIND_WORDS[kind], number, cost }]
  })
  const listed = lines.reduce<Money>((sum, { cost }) => plus(sum, cost), NO_MONEY)
  const rest = minus(total.usd, listed)
  // Factors, and what tools reported themselves: no list price says how that comes about.
  const all = rest === 0n ? lines : [...lines, { kind: 'as reported', number: null, cost: rest }]
  return {
    kind: 'table',
    key: 'costs',
    title: 'Cost breakdown',
    columns: [
      { key: 'kind', title: 'kind' },
      { key: 'count', title: 'count' },
      { key: 'cost_usd', title: 'cost' },
      { key: 'share', title: 'share' },
    ],
    rows: all.map(({ kind, number, cost }): readonly Value[] => [
      word(kind),
      number === null ? NONE : count(number),
      money(cost, false),
      share(ratioOf(cost, total.usd)),
    ]),
    total: [word('total'), NONE, money(total.usd, total.lowerBound), NONE],
    left: 0,
  }
}

interface KindLine {
  readonly kind: string
  readonly number: number | null
  readonly cost: Money
}

/** Only of records that count for what the list says: of others nobody knows the parts. */
function kindSum(used: readonly ExplainedRecord[], kind: CostKind): { number: number; cost: Money } {
  let number = 0
  let cost = NO_MONEY
  for (const { breakdown } of used) {
    if (breakdown.computed === null || breakdown.computed.total !== breakdown.counted) continue
    for (const line of breakdown.computed.lines) {
      if (line.kind !== kind) continue
      number += line.count
      cost = plus(cost, line.cost)
    }
  }
  return { number, cost }
}

function sumTable(
  about: { readonly key: string; readonly title: string; readonly label: string },
  sums: readonly NamedPricedSum[],
  total: PricedSum,
): Table {
  return {
    kind: 'table',
    key: about.key,
    title: about.title,
    columns: [
      { key: about.label, title: about.label.replaceAll('_', ' ') },
      { key: 'operations', title: 'operations' },
      { key: 'input_tokens', title: 'input', expendable: 1 },
      { key: 'output_tokens', title: 'output', expendable: 2 },
      { key: 'cost_usd', title: 'cost' },
      { key: 'share', title: 'share' },
    ],
    rows: sums.map(({ key, sum }) => [name(key), ...sumValues(sum, total)]),
    total: null,
    left: 0,
  }
}

function sumValues({ records, tokens, usd, lowerBound }: PricedSum, total: PricedSum): readonly Value[] {
  const cost = money(usd, lowerBound)
  return [count(records), count(tokens.input), count(tokens.output), cost, share(ratioOf(usd, total.usd))]
}
