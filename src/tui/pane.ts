import type { Dashboard } from '../core/dashboard.ts'
import type { WallClock } from '../formats/header-line.ts'
import type { Line } from '../formats/line.ts'
import type { ScreenData, ScreenQuestion } from '../core/screen-data.ts'
import type { Banner } from './pane-state.ts'
import type { ThemeName } from './theme.ts'

export interface PaneOptions {
  /** The calendar of a zone, for clocks and dates: the zone may change with the settings while the pane is open. */
  readonly calendarIn: (zone: string) => WallClock
  /** Epoch milliseconds at the start; later by `tick`. */
  readonly now: number
  /** What to show first; null while nothing has been read, which shows "reading". */
  readonly dashboard: Dashboard | null
  /** The user asks to read the ledger again from its beginning. */
  readonly onReread: () => void
  /** The user asks for an hour without alerts, or for the end of it. */
  readonly onSnooze: () => void
  /** The user has seen the alert above the numbers. */
  readonly onDismiss: () => void
  /** What the shown screen wants to know from now on; null when the dashboard holds it all. */
  readonly onAsk: (question: ScreenQuestion | null) => void
  /** The user wants this screen as a file: as text, or drawn. */
  readonly onSave: (screen: readonly Line[], kind: 'text' | 'drawing') => void
}

/** What the settings say about the pane. */
export interface PaneStyle {
  readonly theme: ThemeName
  /** Whether the wheel of the mouse may move through rows; then the terminal selects text with shift only. */
  readonly mouse: boolean
  /** Nothing moves that is no news, such as the progress of a reading. */
  readonly reducedMotion: boolean
}

/** The live pane, as its owner sees it. All methods are no-ops once it is closed. */
export interface Pane {
  /** New numbers. Writes nothing when they look the same. */
  readonly show: (dashboard: Dashboard) => void
  /** The answer to what was asked last, or to the same as it is now. */
  readonly answer: (data: ScreenData) => void
  /** How much of what an answer takes has been read, 0 to 1; null when it is read. */
  readonly answering: (share: number | null) => void
  /** Sets or, with null, clears the remark above the numbers. */
  readonly banner: (banner: Banner | null) => void
  /** How much of the ledger has been read, 0 to 1; null when it is read. */
  readonly progress: (share: number | null) => void
  /** The clock moved on, in epoch milliseconds: call it on the minute. */
  readonly tick: (now: number) => void
  /** How the pane is to look and behave from now on: settings are read after the first frame. */
  readonly style: (style: PaneStyle) => void
  /** Restores the terminal before it returns. Safe to call twice and from a signal handler. */
  readonly close: () => void
  /** Resolves when the pane is gone, whoever closed it; rejects when it broke. Either way the terminal is restored. */
  readonly closed: Promise<void>
}
