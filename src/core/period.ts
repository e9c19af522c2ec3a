import type { PeriodKind } from './budget.ts'

/** A half-open interval of instants: epoch milliseconds, `end` not included. */
export interface Period {
  readonly kind: PeriodKind
  readonly start: number
  readonly end: number
}

/** The current day, week and month. */
export type Periods = { readonly [Kind in PeriodKind]: Period }

export function isIn({ start, end }: Pick<Period, 'start' | 'end'>, instant: number): boolean {
  return instant >= start && instant < end
}
