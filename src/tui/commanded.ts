import { SCREEN_PERIODS, type ScreenPeriod } from '../core/screen-data.ts'
import { isCompact } from '../formats/page.ts'
import type { StateCommand } from './keys.ts'
import { nextColumn } from './list-order.ts'
import type { PaneState } from './pane-state.ts'
import { SCREEN_NAMES, type ScreenName } from './screen-name.ts'
import { FRESH_VIEW, type ScreenView } from './screen-view.ts'
import { helpLines } from './screens/help.ts'
import { selectedRow, shownData, shownRows, viewNameOf } from './selectors.ts'

/** The screens that `tab` goes through. */
const ROUND = SCREEN_NAMES.filter((name) => name !== 'help')

/** Lines of a page that are no rows: header, title, facts, column titles, footer. */
const NO_ROWS = 8

/** Lines of a page that are none of the help: header, footer, and the remark above the numbers. */
const AROUND_HELP = 3
const AROUND_COMPACT_HELP = 2
const REMARK = 3

/** What a command makes of the state. */
export function commanded(state: PaneState, command: StateCommand): PaneState {
  switch (command) {
    case 'next-screen':
      return shown(state, neighbour(state, 1))
    case 'previous-screen':
      return shown(state, neighbour(state, -1))
    case 'close-help':
      return shown(state, state.behindHelp)
    case 'down':
      return moved(state, 1)
    case 'up':
      return moved(state, -1)
    case 'page-down':
      return moved(state, pageOf(state))
    case 'page-up':
      return moved(state, -pageOf(state))
    case 'first':
      return moved(state, -Infinity)
    case 'last':
      return moved(state, Infinity)
    case 'open-detail':
      return opened(state)
    case 'close-detail':
      return { ...state, detail: null }
    case 'sort':
      return viewed(state, (view) => ({ sort: nextColumn(shownData(state)?.lists[0] ?? NO_LIST, view.sort) }))
    case 'reverse':
      return viewed(state, ({ reversed }) => ({ reversed: !reversed }))
    case 'period':
      return { ...state, period: nextPeriod(state.period) }
    case 'filter':
      return { ...state, isTyping: true }
    case 'keep-filter':
      return { ...state, isTyping: false }
    case 'clear-filter':
      return { ...viewed(state, () => ({ filter: '' })), isTyping: false }
    case 'erase':
      return viewed(state, ({ filter }) => ({ filter: Array.from(filter).slice(0, -1).join('') }))
    case 'erase-all':
      return viewed(state, () => ({ filter: '' }))
    default:
      return shown(state, screenNamed(command))
  }
}

/** No filter is longer, however much is pasted. */
const LONGEST_FILTER = 100

/** A filter with one more character; whatever else a key is called is none. */
export function typed(state: PaneState, name: string): PaneState {
  const character = name === 'space' ? ' ' : name
  if (Array.from(character).length !== 1) return state
  return viewed(state, ({ filter }) => ({
    filter: filter.length < LONGEST_FILTER ? filter + character : filter,
  }))
}

const NO_LIST = { columns: [], title: '', rows: [], total: null, left: 0, none: '' }

function shown(state: PaneState, screen: ScreenName): PaneState {
  const behindHelp = state.screen === 'help' ? state.behindHelp : state.screen
  return { ...state, screen, behindHelp, helpTop: 0, detail: null, isTyping: false }
}

function screenNamed(command: `show-${ScreenName}`): ScreenName {
  return SCREEN_NAMES.find((name) => command === `show-${name}`) ?? 'now'
}

function neighbour({ screen, behindHelp }: PaneState, step: 1 | -1): ScreenName {
  const nth = ROUND.findIndex((name) => name === (screen === 'help' ? behindHelp : screen))
  return ROUND[(nth + step + ROUND.length) % ROUND.length] ?? 'now'
}

function nextPeriod(period: ScreenPeriod): ScreenPeriod {
  return SCREEN_PERIODS[(SCREEN_PERIODS.indexOf(period) + 1) % SCREEN_PERIODS.length] ?? 'today'
}

function viewed(state: PaneState, change: (view: ScreenView) => Partial<ScreenView>): PaneState {
  const name = viewNameOf(state)
  if (name === null) return state
  const view = state.views[name]
  return { ...state, views: { ...state.views, [name]: { ...view, ...change(view) } } }
}

function moved(state: PaneState, step: number): PaneState {
  if (state.screen === 'help') {
    return { ...state, helpTop: Math.max(0, Math.min(lastHelpTop(state), state.helpTop + step)) }
  }
  const rows = shownRows(state)
  return viewed(state, (view) => {
    const nth = Math.min(rows.length - 1, Math.max(0, selectedRow(rows, view) + step))
    return { selected: rows[nth]?.key ?? null }
  })
}

/** From where on the end of the help is shown: whoever has gone there goes back with the next key. */
function lastHelpTop({ size, banner }: PaneState): number {
  const page = { ...size, ascii: false }
  const around = (isCompact(page) ? AROUND_COMPACT_HELP : AROUND_HELP) + (banner === null ? 0 : REMARK)
  return Math.max(0, helpLines(page).length - (size.rows - around))
}

function pageOf({ size }: PaneState): number {
  return Math.max(1, size.rows - NO_ROWS)
}

function opened(state: PaneState): PaneState {
  const name = viewNameOf(state)
  if (name === null) return state
  const rows = shownRows(state)
  const row = rows[selectedRow(rows, state.views[name])]
  if (row === undefined) return state
  return { ...state, detail: row.key, views: { ...state.views, detail: FRESH_VIEW } }
}
