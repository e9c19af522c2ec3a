import type { Money } from './money.ts'
import type { Value } from './report.ts'
import type { Standing } from './standing.ts'

/** Stretches of time that a screen of the pane can be about. */
export const SCREEN_PERIODS = ['today', 'week', 'month', 'all'] as const
export type ScreenPeriod = (typeof SCREEN_PERIODS)[number]

/** The screens that show more than the dashboard holds; what they show is made only while somebody looks. */
export const DATA_SCREENS = ['sessions', 'models', 'projects', 'history', 'alerts'] as const
export type DataScreen = (typeof DATA_SCREENS)[number]

/** What a screen wants to know. */
export interface ScreenQuestion {
  readonly screen: DataScreen
  readonly period: ScreenPeriod
  /** The whole id of one session that all is to be told of; null for none. */
  readonly session: string | null
}

/** What there is to show, before anybody has thought about how it looks. */
export interface ScreenData {
  readonly question: ScreenQuestion
  /** Facts above the lists, each with its name. */
  readonly facts: readonly ScreenFact[]
  readonly lists: readonly ScreenList[]
  /** Day by day, oldest first, the current one last; empty where days are not what the screen is about. */
  readonly days: readonly ScreenDay[]
}

export interface ScreenFact {
  readonly label: string
  readonly value: Value
}

/** Rows of one kind, in the order in which they are told unless somebody asks for another. */
export interface ScreenList {
  readonly title: string
  readonly columns: readonly ListColumn[]
  readonly rows: readonly ListRow[]
  /** All rows together, those left out included; null where they have no sum. */
  readonly total: readonly Value[] | null
  /** How many more rows there are than are told. */
  readonly left: number
  /** What stands where there is no row. */
  readonly none: string
}

export interface ListColumn {
  readonly key: string
  readonly title: string
  /** Left out on a narrow page, the highest number first. */
  readonly expendable?: number
  /** An id that is told in as few characters as tell it from the others. */
  readonly isId?: boolean
  /** Text that may be cut to any length: the end of it says least. */
  readonly isText?: boolean
}

export interface ListRow {
  /** What makes it the same row after the numbers have changed. */
  readonly key: string
  /** As many as there are columns. */
  readonly cells: readonly Value[]
  /** The level of the worst budget that judges it; null when none does. */
  readonly standing: Standing | null
}

export interface ScreenDay {
  /** Epoch milliseconds at which it began. */
  readonly start: number
  /** 0 for the day on which weeks begin. */
  readonly weekday: number
  readonly usd: Money
  readonly lowerBound: boolean
}

export function sameQuestion(a: ScreenQuestion | null, b: ScreenQuestion | null): boolean {
  if (a === null || b === null) return a === b
  return a.screen === b.screen && a.period === b.period && a.session === b.session
}
