import type { Money } from './money.ts'
import type { Quality } from './quality.ts'

/**
 * What a report says, before anybody has thought about how it looks: every question is answered with one of these, and
 * every format prints any of them.
 */
export interface Report {
  /** The question: `daily`. */
  readonly name: string
  /** What stands above it: `AI costs of 2025-12-15`. */
  readonly title: string
  /** Null for a report that is about no stretch of time. */
  readonly span: ReportSpan | null
  /** IANA name of the zone in which days and clocks are meant. */
  readonly zone: string
  /** Epoch milliseconds at which the numbers held. */
  readonly asOf: number
  /** What it was narrowed to, by the name of the option. */
  readonly filters: Readonly<Record<string, string>>
  readonly sections: readonly Section[]
  readonly quality: Quality
}

/** Civil days as ISO dates, both included; null where it is open. */
export interface ReportSpan {
  readonly first: string | null
  readonly last: string | null
  /** The same as instants in epoch milliseconds: `start` to `end`, which is not included. */
  readonly start: number | null
  readonly end: number | null
}

export type Section = Figures | Table | Series

/** Single numbers, each with a name. */
export interface Figures {
  readonly kind: 'figures'
  /** Its name for programs: `total`. Told apart from all others of the report. */
  readonly key: string
  readonly title: string
  readonly figures: readonly Figure[]
}

export interface Figure {
  /** For programs: `cost_usd`. */
  readonly key: string
  /** For people: `total spend`. */
  readonly label: string
  readonly value: Value
}

/** Rows of one kind. */
export interface Table {
  readonly kind: 'table'
  readonly key: string
  readonly title: string
  readonly columns: readonly TableColumn[]
  readonly rows: TableRows
  /** All rows together, those left out included; null where they have no sum. */
  readonly total: readonly Value[] | null
  /** How many more rows there are than are told. */
  readonly left: number
}

/** Rows, each as long as there are columns: a list, or something like one that makes each when it is gone through. */
export interface TableRows extends Iterable<readonly Value[]> {
  readonly length: number
}

export interface TableColumn {
  /** For programs: `cost_usd`. */
  readonly key: string
  /** For people: `cost`. */
  readonly title: string
  /** Left out on a narrow page, the highest number first. */
  readonly expendable?: number
}

/** Money over time, in parts that add up: what a chart is made of. */
export interface Series {
  readonly kind: 'series'
  readonly key: string
  readonly title: string
  /** What the parts are called. */
  readonly parts: readonly string[]
  readonly points: readonly SeriesPoint[]
}

export interface SeriesPoint {
  /** A day or a month: `2025-12-15`. */
  readonly label: string
  /** Beside each name in `parts`. */
  readonly amounts: readonly Money[]
  readonly lowerBound: boolean
}

/** Something to be printed, and what it is: only a format knows how that looks. */
export type Value =
  | {
      readonly kind: 'money'
      readonly usd: Money
      readonly lowerBound: boolean
      /** With the hundredths of a cent: small amounts that are compared. */
      readonly isFine?: true
    }
  | { readonly kind: 'count'; readonly count: number }
  /** A share such as 0.62; null where it is one of nothing. */
  | { readonly kind: 'share'; readonly share: number | null }
  /** By how much something has changed: 0.12 is twelve percent more. */
  | { readonly kind: 'change'; readonly change: number | null }
  /** A number that is neither a count nor money. */
  | { readonly kind: 'number'; readonly number: number | null }
  /** Foreign text. */
  | { readonly kind: 'name'; readonly name: string }
  /** Our own text. */
  | { readonly kind: 'word'; readonly word: string }
  /** Epoch milliseconds; null for never. */
  | { readonly kind: 'instant'; readonly at: number | null }
  /** In milliseconds. */
  | { readonly kind: 'duration'; readonly ms: number }
  /** There is no such value: the average of nothing. */
  | { readonly kind: 'none' }

export const NONE: Value = { kind: 'none' }

export function money(usd: Money | null, lowerBound: boolean): Value {
  return usd === null ? NONE : { kind: 'money', usd, lowerBound }
}

/** An exact amount that is small and to be compared with others: what a single call costs. */
export function fineMoney(usd: Money): Value {
  return { kind: 'money', usd, lowerBound: false, isFine: true }
}

export function count(number: number): Value {
  return { kind: 'count', count: number }
}

export function share(ratio: number | null): Value {
  return { kind: 'share', share: ratio }
}

export function name(text: string): Value {
  return { kind: 'name', name: text }
}

export function word(text: string): Value {
  return { kind: 'word', word: text }
}

export function instant(at: number | null): Value {
  return { kind: 'instant', at }
}

/** A row for each item, made anew each time they are gone through: of a hundred thousand, one at a time is enough. */
export function rowsMade<Item>(items: readonly Item[], rowOf: (item: Item) => readonly Value[]): TableRows {
  return {
    length: items.length,
    *[Symbol.iterator]() {
      for (const item of items) yield rowOf(item)
    },
  }
}

/** Whether what stands in a row is only the least that it may be. */
export function isLowerBound(values: readonly Value[]): boolean {
  return values.some((value) => value.kind === 'money' && value.lowerBound)
}
