import type { Dashboard } from '../core/dashboard.ts'
import type { WallClock } from '../formats/header-line.ts'
import type { Banner } from './state.ts'

export interface PaneOptions {
  /** The calendar of a zone, for clocks and dates: the zone may change with the settings while the pane is open. */
  readonly calendarIn: (zone: string) => WallClock
  /** Epoch milliseconds at the start; later by `tick`. */
  readonly now: number
  /** What to show first; null while nothing has been read, which shows "reading". */
  readonly dashboard: Dashboard | null
  /** The user asks to read the ledger again from its beginning. */
  readonly onReread: () => void
}

/** The live pane, as its owner sees it. All methods are no-ops once it is closed. */
export interface Pane {
  /** New numbers. Writes nothing when they look the same. */
  readonly show: (dashboard: Dashboard) => void
  /** Sets or, with null, clears the remark above the numbers. */
  readonly banner: (banner: Banner | null) => void
  /** How much of the ledger has been read, 0 to 1; null when it is read. */
  readonly progress: (share: number | null) => void
  /** The clock moved on, in epoch milliseconds: call it on the minute. */
  readonly tick: (now: number) => void
  /** Restores the terminal before it returns. Safe to call twice and from a signal handler. */
  readonly close: () => void
  /** Resolves when the pane is gone, whoever closed it; rejects when it broke. Either way the terminal is restored. */
  readonly closed: Promise<void>
}
