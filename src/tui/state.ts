import type { Dashboard } from '../core/dashboard.ts'
import type { TerminalSize } from '../core/pane-terminal.ts'
import type { ScreenData } from '../core/screen-data.ts'
import { commanded, typed } from './commanded.ts'
import type { StateCommand } from './keys.ts'
import type { Banner, PaneState } from './pane-state.ts'

export type Action =
  | { readonly kind: 'dashboard-arrived'; readonly dashboard: Dashboard }
  | { readonly kind: 'data-arrived'; readonly data: ScreenData }
  | { readonly kind: 'data-progress-made'; readonly share: number | null }
  | { readonly kind: 'banner-set'; readonly banner: Banner }
  | { readonly kind: 'banner-cleared' }
  | { readonly kind: 'progress-made'; readonly share: number | null }
  | { readonly kind: 'ticked'; readonly now: number }
  | { readonly kind: 'resized'; readonly size: TerminalSize }
  | { readonly kind: 'commanded'; readonly command: StateCommand }
  | { readonly kind: 'typed'; readonly key: string }

export function reduce(state: PaneState, action: Action): PaneState {
  switch (action.kind) {
    case 'dashboard-arrived':
      // Numbers are newer than the last tick when they arrive between two minutes.
      return {
        ...state,
        dashboard: action.dashboard,
        now: Math.max(state.now, action.dashboard.snapshot.asOf),
      }
    case 'data-arrived':
      return { ...state, data: action.data, dataProgress: null }
    case 'data-progress-made':
      return { ...state, dataProgress: action.share }
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
      return commanded(state, action.command)
    case 'typed':
      return typed(state, action.key)
  }
}
