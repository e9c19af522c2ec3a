import { AmountSum } from '../core/columns.ts'
import type { Group } from '../core/groups.ts'
import { type Money, picodollarsOf, scaleHalfEven } from '../core/money.ts'
import type { Tokens } from '../core/snapshot.ts'
import { SessionCounter } from './session-counter.ts'
import { type Selection, type Usage, labelByRow } from './usage.ts'

/** What some usage comes to. */
export interface Sum {
  readonly usd: Money
  /** True when something in it could not be priced, read or dated: then the truth is `≥ usd`. */
  readonly lowerBound: boolean
  readonly records: number
  /** Sessions with a record among them, a refused one too; records that name no session are in none. */
  readonly sessions: number
  readonly tokens: Tokens
}

/** A sum and what it is the sum of. */
export interface NamedSum<Key> {
  readonly key: Key
  readonly sum: Sum
}

/** Everything that was selected. */
export function totalOf({ usage, rows, undated }: Selection): Sum {
  return sumOf(usage, rows, new SessionCounter(usage), undated)
}

/** What was selected by some label, most spend first; equal ones by name, so that rows do not jump. */
export function sumsByLabel(selection: Selection, label: keyof Group): readonly NamedSum<string>[] {
  const sums = sumsBy(selection, labelByRow(selection.usage, label))
  return sums.toSorted((a, b) => bySpend(a, b) || (a.key < b.key ? -1 : 1))
}

/** What was selected by anything a row tells, in no order; without what has no record. */
export function sumsBy<Key>(
  { usage, rows }: Selection,
  keyOf: (row: number) => Key,
): readonly NamedSum<Key>[] {
  const counter = new SessionCounter(usage)
  return [...rowsBy(rows, keyOf)].flatMap(([key, of]) =>
    hasRecords(usage, of) ? [{ key, sum: sumOf(usage, of, counter, 0) }] : [],
  )
}

/** What some rows come to. `undated` records may belong to them too. */
export function sumOf(usage: Usage, rows: Rows, counter: SessionCounter, undated: number): Sum {
  const { cells } = usage.cells
  const usd = new AmountSum()
  let uncertain = undated
  let records = 0
  let input = 0
  let output = 0
  let cacheRead = 0
  let cacheWrite = 0
  for (let nth = 0; nth < rows.length; nth++) {
    const row = rows[nth]!
    usd.add(cells.usd.amountAt(row))
    uncertain += cells.unpricedRecords[row]! + cells.rejected[row]!
    records += cells.records[row]!
    input += cells.inputTokens[row]!
    output += cells.outputTokens[row]!
    cacheRead += cells.cacheReadTokens[row]!
    cacheWrite += cells.cacheWriteTokens[row]!
  }
  return {
    usd: picodollarsOf(usd.whole),
    lowerBound: uncertain > 0,
    records,
    sessions: counter.sessionsIn(rows),
    tokens: { input, output, cacheRead, cacheWrite },
  }
}

/** What one session costs on average; null when there is none. */
export function perSession({ usd, sessions }: Pick<Sum, 'usd' | 'sessions'>): Money | null {
  return sessions === 0 ? null : scaleHalfEven(usd, 1n, BigInt(sessions))
}

/** Rows that are in a list, or are a part of one. */
type Rows = readonly number[] | Int32Array

function rowsBy<Key>(
  rows: readonly number[],
  keyOf: (row: number) => Key,
): ReadonlyMap<Key, readonly number[]> {
  const found = new Map<Key, number[]>()
  let latest: { readonly key: Key; readonly rows: number[] } | null = null
  for (const row of rows) {
    const key = keyOf(row)
    // Neighbouring rows mostly share it.
    if (latest === null || latest.key !== key) {
      const known: number[] = found.get(key) ?? []
      found.set(key, known)
      latest = { key, rows: known }
    }
    latest.rows.push(row)
  }
  return found
}

/** One that was counted elsewhere at first leaves nothing behind. */
function hasRecords({ cells: { cells } }: Usage, rows: readonly number[]): boolean {
  return rows.some((row) => cells.records[row]! > 0 || cells.rejected[row]! > 0)
}

function bySpend(a: NamedSum<unknown>, b: NamedSum<unknown>): number {
  return a.sum.usd < b.sum.usd ? 1 : a.sum.usd > b.sum.usd ? -1 : 0
}
