import type { Dashboard } from '../core/dashboard.ts'
import type { TerminalSize } from '../core/pane-terminal.ts'
import type { ScreenData, ScreenPeriod } from '../core/screen-data.ts'
import type { Place, ScreenName } from './screen-name.ts'
import { FRESH_VIEWS, type ScreenViews } from './screen-view.ts'

/** A remark above the numbers: an error says why they may be old and what to do; an alert and a notice are news. */
export interface Banner {
  readonly kind: 'error' | 'alert' | 'notice'
  readonly text: string
}

/** All that the pane knows; what it prints follows from this alone. */
export interface PaneState {
  /** Null until the first numbers arrive. */
  readonly dashboard: Dashboard | null
  readonly banner: Banner | null
  /** How much of the ledger has been read, 0 to 1; null when nothing is being read. */
  readonly progress: number | null
  /** Epoch milliseconds. */
  readonly now: number
  readonly size: TerminalSize
  readonly screen: ScreenName
  /** The screen to which the help returns. */
  readonly behindHelp: ScreenName
  /** How many lines of the help are above the first one that is shown, if it is longer than the page. */
  readonly helpTop: number
  readonly period: ScreenPeriod
  readonly views: ScreenViews
  /** The key of the row whose detail is shown; null while rows are. */
  readonly detail: string | null
  /** True while what is typed is a filter. */
  readonly isTyping: boolean
  /** The latest answer, which may be to another question than that of the screen; null before the first. */
  readonly data: ScreenData | null
  /** How much of what an answer takes has been read, 0 to 1; null when it is read. */
  readonly dataProgress: number | null
}

export function initialState(dashboard: Dashboard | null, now: number, size: TerminalSize): PaneState {
  return {
    dashboard,
    banner: null,
    progress: null,
    now,
    size,
    screen: 'now',
    behindHelp: 'now',
    helpTop: 0,
    period: 'today',
    views: FRESH_VIEWS,
    detail: null,
    isTyping: false,
    data: null,
    dataProgress: null,
  }
}

/** Where the keys of this moment belong. */
export function placeOf({ screen, detail, isTyping }: PaneState): Place {
  if (isTyping) return 'filter'
  return detail === null ? screen : 'detail'
}
