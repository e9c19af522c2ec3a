import { type Money, NO_MONEY, minus, plus } from './money.ts'
import { COUNT_FIELDS, LABEL_FIELDS, NAME_FIELDS } from './record-fields.ts'
import type { MutableRecord, UsageRecord } from './record.ts'

/** A record and what it counts for; null when nobody can price it. */
export interface Counted {
  readonly record: UsageRecord
  readonly cost: Money | null
}

/**
 * What a record counts for with all adjustments of it: their sums, under the labels where these stand now. The first
 * of the parts is the record itself. The cost is null while any part of it is unpriced.
 */
export function adjusted(parts: readonly [Counted, ...Counted[]]): Counted {
  const [original] = parts
  const sums = sumsByPlace(parts).filter(({ record, cost }) => !isNothing(record, cost))
  const [holder = { record: withoutCounts(original.record) }] = sums
  const { id, aggregate } = original.record
  const record: MutableRecord = { ...holder.record, id, aggregate, adjustment: false, corrects: '' }
  for (const field of COUNTS) record[field] = sums.reduce((sum, part) => sum + part.record[field], 0)
  const cost = sums.reduce<Money | null>((sum, part) => added(sum, part.cost), NO_MONEY)
  return { record: { ...record, costUsd: cost }, cost }
}

/**
 * The adjustments after which `parts` together count for what `target` says, where it says, and for nothing else
 * anywhere; none when they do already. Their ids and what they correct are for the writer to fill in.
 */
export function adjustmentsTo(target: Counted, parts: readonly Counted[]): readonly UsageRecord[] {
  const sums = sumsByPlace(parts)
  const here = sums.find((sum) => placeOf(sum) === placeOf(target))
  const elsewhere = sums.filter((sum) => sum !== here)
  const changes = [...elsewhere.map(opposite), ...(here === undefined ? [target] : changesTo(target, here))]
  return changes.filter(({ record, cost }) => !isNothing(record, cost)).map(adjustmentOf)
}

/** The adjustment after which `parts` count as they do, but for the cost, which the price table says; none if they do. */
export function repricingOf(parts: readonly [Counted, ...Counted[]], cost: Money): readonly UsageRecord[] {
  const { record } = adjusted(parts)
  return adjustmentsTo({ record: { ...record, costSource: 'table' }, cost }, parts)
}

/** The adjustments after which `parts` together count for nothing anywhere; none when they do already. */
export function withdrawalOf(parts: readonly Counted[]): readonly UsageRecord[] {
  return sumsByPlace(parts)
    .map(opposite)
    .filter(({ record, cost }) => !isNothing(record, cost))
    .map(adjustmentOf)
}

const COUNTS = Object.values(COUNT_FIELDS)

/** What decides where a record counts. An id tells records apart, a note only describes one. */
const PLACE = Object.values({ ...NAME_FIELDS, ...LABEL_FIELDS }).filter(
  (label) => label !== 'id' && label !== 'corrects' && label !== 'note',
)

/** What is unpriced stands apart: once there is a price, it is priced by its own counts. */
function placeOf({ record, cost }: Counted): string {
  return JSON.stringify([record.timestamp, cost === null, ...PLACE.map((label) => record[label])])
}

/** One sum for each place that a part names, the first part's place first. */
function sumsByPlace(parts: readonly Counted[]): readonly Counted[] {
  const sums = new Map<string, Counted>()
  for (const part of parts) {
    const place = placeOf(part)
    const sum = sums.get(place)
    sums.set(place, sum === undefined ? part : combined(sum, part, 1))
  }
  return [...sums.values()]
}

/** In one record, unless the counts change and the cost does not: an adjustment of no cost is priced by its counts. */
function changesTo(target: Counted, here: Counted): readonly Counted[] {
  const change = combined(target, here, -1)
  const isPricedByCounts = change.cost === 0n && target.cost !== 0n && !isNothing(change.record, NO_MONEY)
  return isPricedByCounts ? [opposite(here), target] : [change]
}

function opposite(sum: Counted): Counted {
  return combined({ record: withoutCounts(sum.record), cost: sum.cost === null ? null : NO_MONEY }, sum, -1)
}

/** `a` with the counts and cost of `b` added or taken away. */
function combined(a: Counted, b: Counted, sign: 1 | -1): Counted {
  const record: MutableRecord = { ...a.record }
  for (const field of COUNTS) record[field] += sign * b.record[field]
  const cost = a.cost === null || b.cost === null ? null : (sign === 1 ? plus : minus)(a.cost, b.cost)
  return { record, cost }
}

function added(a: Money | null, b: Money | null): Money | null {
  return a === null || b === null ? null : plus(a, b)
}

function withoutCounts(record: UsageRecord): UsageRecord {
  const blank: MutableRecord = { ...record, note: '', durationSeconds: null }
  for (const field of COUNTS) blank[field] = 0
  return blank
}

function isNothing(record: UsageRecord, cost: Money | null): boolean {
  return COUNTS.every((field) => record[field] === 0) && (cost === null || cost === 0n)
}

function adjustmentOf({ record, cost }: Counted): UsageRecord {
  // Sums of many requests: a tier that depends on the size of one does not apply.
  return { ...record, adjustment: true, aggregate: true, costUsd: cost }
}
