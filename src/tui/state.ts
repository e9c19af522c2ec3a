import type { Dashboard } from '../core/dashboard.ts'
import type { TerminalSize } from '../core/pane-terminal.ts'
import type { Command } from './keys.ts'
import type { ScreenName } from './screen-name.ts'

/** A remark above the numbers: an error says why they may be old and what to do; a notice is news. */
export interface Banner {
  readonly kind: 'error' | 'notice'
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
}

export type Action =
  | { readonly kind: 'dashboard-arrived'; readonly dashboard: Dashboard }
  | { readonly kind: 'banner-set'; readonly banner: Banner }
  | { readonly kind: 'banner-cleared' }
  | { readonly kind: 'progress-made'; readonly share: number | null }
  | { readonly kind: 'ticked'; readonly now: number }
  | { readonly kind: 'resized'; readonly size: TerminalSize }
  | { readonly kind: 'commanded'; readonly command: Command }

export function initialState(dashboard: Dashboard | null, now: number, size: TerminalSize): PaneState {
  return { dashboard, banner: null, progress: null, now, size, screen: 'dashboard' }
}

export function reduce(state: PaneState, action: Action): PaneState {
  switch (action.kind) {
    case 'dashboard-arrived':
      // Numbers are newer than the last tick when they arrive between two minutes.
      return {
        ...state,
        dashboard: action.dashboard,
        now: Math.max(state.now, action.dashboard.snapshot.asOf),
      }
    case 'banner-set':
      return { ...state, banner: action.banner }
    case 'banner-cleared':
      return { ...state, banner: null }
    case 'progress-made':
      return { ...state, progress: action.share }
    case 'ticked':
      return { ...state, now: action.now }
    case 'resized':
      return { ...state, size: action.size }
    case 'commanded':
      return { ...state, screen: screenAfter(action.command, state.screen) }
  }
}

function screenAfter(command: Command, screen: ScreenName): ScreenName {
  if (command === 'open-help') return 'help'
  return command === 'close-help' ? 'dashboard' : screen
}
