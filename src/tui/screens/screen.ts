import type { WallClock } from '../../formats/header-line.ts'
import type { Line } from '../../formats/line.ts'
import type { Page } from '../../formats/page.ts'
import type { PaneState } from '../pane-state.ts'

/**
 * What stands between header and footer: at most `rows` lines, each at most as wide as the page without its
 * margins. A screen is a function of the state and nothing else, so it can be tested, compared and printed.
 */
export type Screen = (state: PaneState, page: Page, rows: number, clock: WallClock) => readonly Line[]
