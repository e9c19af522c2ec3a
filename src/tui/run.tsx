// Whoever imports this file sets the stage first, in a file without JSX, because React, Ink and its colour
// detection read the environment once, when they load:
//   NODE_ENV=production   else React keeps a performance entry for every frame, for ever, and memory grows;
//   DEV unset             else Ink looks for React's developer tools and can hang;
//   CI=false              else Ink draws nothing until it exits;
//   FORCE_COLOR=0         when NO_COLOR is set, which Ink does not know.
import type { Calendar } from '../core/calendar.ts'
import type { Dashboard } from '../core/dashboard.ts'
import type { PaneTerminal } from '../core/pane-terminal.ts'
import type { Pane } from './pane.ts'

export interface PaneOptions {
  /** The calendar of a zone, for clocks and dates: the zone may change with the settings while the pane is open. */
  readonly calendarIn: (zone: string) => Pick<Calendar, 'clock' | 'date'>
  /** Epoch milliseconds at the start; later by `tick`. */
  readonly now: number
  /** What to show first; null while nothing has been read, which shows "reading". */
  readonly dashboard: Dashboard | null
  /** The user asks to read the ledger again from the start. */
  readonly onReread: () => void
}

/** Takes over the terminal and shows the pane until `close()`, `q`, Ctrl-C or the terminal's end. */
export function openPane(terminal: PaneTerminal, options: PaneOptions): Pane {
  throw new Error('not yet')
}
