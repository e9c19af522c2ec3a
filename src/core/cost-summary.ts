import { COST_KINDS, type CostBreakdown, type CostLine, type Word } from './cost-breakdown.ts'
import { type Money, NO_MONEY, minus, plus } from './money.ts'
import type { UsageRecord } from './record.ts'

/** A record with how its cost comes about. */
export interface ExplainedRecord {
  readonly record: UsageRecord
  readonly breakdown: CostBreakdown
}

/** What several records of one model cost: every sum is of records that were priced one by one. */
export interface CostSummary {
  readonly model: string
  readonly records: number
  /** What counts, of all that is priced. */
  readonly counted: Money
  /** How many records are whose word. */
  readonly words: { readonly [Each in Word]: number }
  /** By kind and rate: a price that changed, or a tier, makes two lines of one kind. */
  readonly lines: readonly CostLine[]
  /** What factors changed, over all records. */
  readonly change: Money
  /** What the table says of all records that it can price. */
  readonly computed: Money
  /** Of records that count for what they recorded, and that the table prices otherwise: how many, and by how much. */
  readonly differing: { readonly records: number; readonly recorded: Money; readonly computed: Money }
}

/** One summary for each model, the most expensive first. */
export function summariesOf(explained: readonly ExplainedRecord[]): readonly CostSummary[] {
  const byModel = new Map<string, ExplainedRecord[]>()
  for (const one of explained) {
    const known = byModel.get(one.record.model)
    if (known === undefined) byModel.set(one.record.model, [one])
    else known.push(one)
  }
  return [...byModel]
    .map(([model, records]) => summaryOf(model, records))
    .toSorted((a, b) => (a.counted === b.counted ? 0 : a.counted > b.counted ? -1 : 1))
}

/** The cost recorded beside one that the table computes otherwise; null when both agree or one is missing. */
export function differenceOf({ record, breakdown }: ExplainedRecord): Money | null {
  const { computed } = breakdown
  // A recorded zero beside tokens is how tools write "unknown".
  if (record.costUsd === null || record.costUsd === 0n || computed === null) return null
  return record.costUsd === computed.total ? null : minus(record.costUsd, computed.total)
}

function summaryOf(model: string, explained: readonly ExplainedRecord[]): CostSummary {
  const words = { recorded: 0, computed: 0, unpriced: 0, 'nothing used': 0 }
  for (const { breakdown } of explained) words[breakdown.word]++
  const differing = explained.filter((one) => one.breakdown.word === 'recorded' && differenceOf(one) !== null)
  return {
    model,
    records: explained.length,
    counted: total(explained, ({ breakdown }) => breakdown.counted),
    words,
    lines: linesOf(explained),
    change: total(explained, ({ breakdown }) => breakdown.computed?.change),
    computed: total(explained, ({ breakdown }) => breakdown.computed?.total),
    differing: {
      records: differing.length,
      recorded: total(differing, ({ record }) => record.costUsd),
      computed: total(differing, ({ breakdown }) => breakdown.computed?.total),
    },
  }
}

function linesOf(explained: readonly ExplainedRecord[]): readonly CostLine[] {
  const sums = new Map<string, CostLine>()
  for (const line of explained.flatMap(({ breakdown }) => breakdown.computed?.lines ?? [])) {
    const key = `${line.kind} ${line.rate}`
    const sum = sums.get(key)
    sums.set(
      key,
      sum === undefined ? line : { ...sum, count: sum.count + line.count, cost: plus(sum.cost, line.cost) },
    )
  }
  return [...sums.values()].toSorted((a, b) => orderOf(a) - orderOf(b) || (a.rate < b.rate ? -1 : 1))
}

function orderOf({ kind }: CostLine): number {
  return COST_KINDS.indexOf(kind)
}

function total(
  explained: readonly ExplainedRecord[],
  amount: (one: ExplainedRecord) => Money | null | undefined,
): Money {
  return explained.reduce<Money>((sum, one) => plus(sum, amount(one) ?? NO_MONEY), NO_MONEY)
}
