import type { PeriodKind } from '../core/budget.ts'
import type { Money } from '../core/money.ts'
import type { Section } from '../core/report.ts'
import type { SessionLabels } from '../core/session-cells.ts'
import type { DaySpan } from './day-span.ts'
import type { Filter, Usage } from './usage.ts'

/** A report that can be asked for. Adding one is one file and one line in `index.ts`. */
export interface Question {
  /** What it tells, for the help. */
  readonly summary: string
  /** What stands above it, before its days: `AI cost report by model`. */
  readonly title: string
  /** The period of today that it is about when nobody names another. */
  readonly period: PeriodKind
  /** Which labels it looks at. */
  readonly labels: SessionLabels
  readonly answer: (asked: Asked) => readonly Section[]
}

/** What a question is asked about. */
export interface Asked {
  readonly usage: Usage
  readonly span: DaySpan
  /** The kind of period that the span is; null for days that somebody has named. */
  readonly kind: PeriodKind | null
  readonly filter: Filter
  /** The day of the instant as of which is asked. */
  readonly today: number
  /** Rows of a table that are told. */
  readonly mostRows: number
  /** The limits for everything; null where there is none. */
  readonly limits: Readonly<Record<PeriodKind, Money | null>>
}
