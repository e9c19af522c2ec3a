import { type Place, SCREEN_NAMES, type ScreenName } from './screen-name.ts'

/** What a key asks for. */
export type Command = OwnersCommand | StateCommand

/** What the pane's owner, or the terminal, has to do. */
export type OwnersCommand =
  | 'quit'
  | 'suspend'
  | 'redraw'
  | 'reread'
  | 'snooze'
  | 'dismiss'
  | 'save-text'
  | 'save-drawing'

/** What changes nothing but the pane's own state. */
export type StateCommand =
  | `show-${ScreenName}`
  | 'next-screen'
  | 'previous-screen'
  | 'close-help'
  | 'down'
  | 'up'
  | 'page-down'
  | 'page-up'
  | 'first'
  | 'last'
  | 'open-detail'
  | 'close-detail'
  | 'sort'
  | 'reverse'
  | 'period'
  | 'filter'
  | 'keep-filter'
  | 'clear-filter'
  | 'erase'
  | 'erase-all'

export interface KeyBinding {
  /** Names as `keysOf` gives them; the first is the one that is shown. */
  readonly keys: readonly string[]
  readonly command: Command
  /** One word for the footer, and how soon it gives way where columns are few: 0 goes last. Null keeps the key out of it. */
  readonly hint: { readonly word: string; readonly rank: number } | null
  /** A sentence for the help screen. */
  readonly help: string
  /** Where it works. */
  readonly places: readonly Place[]
}

const WITH_LISTS: readonly ScreenName[] = ['sessions', 'models', 'projects', 'history', 'alerts']
const WITH_PERIOD: readonly ScreenName[] = ['sessions', 'models', 'projects']
const BROWSING: readonly Place[] = [...SCREEN_NAMES, 'detail']
const NUMBERS: readonly Place[] = ['now', ...WITH_LISTS, 'detail']
const MOVING: readonly Place[] = [...WITH_LISTS, 'detail', 'help']
const EVERYWHERE: readonly Place[] = [...BROWSING, 'filter']

/** All keys: input, footer and help are made from this one table. */
export const KEYS: readonly KeyBinding[] = [
  screen('1', 'now', 'now', 'budgets, and who spends them', 5),
  screen('2', 'sessions', 'sessions', 'every session, and how its cost came about', 6),
  screen('3', 'models', 'models', 'models with their tokens, and what a million of them came to', 7),
  screen('4', 'projects', 'projects', 'projects, tools and task types', 8),
  screen('5', 'history', 'history', 'days, weeks and a year', 9),
  screen('6', 'alerts', 'alerts', 'alerts, downgrades and overrides', 10),
  key(['tab', 'right'], 'next-screen', null, 'the next screen', BROWSING),
  key(['shift-tab', 'left'], 'previous-screen', null, 'the screen before', BROWSING),
  key(['j', 'down', 'wheel-down'], 'down', null, 'one row down', MOVING),
  key(['k', 'up', 'wheel-up'], 'up', null, 'one row up', MOVING),
  key(['pagedown', 'space', 'ctrl-d'], 'page-down', null, 'a page down', MOVING),
  key(['pageup', 'ctrl-u'], 'page-up', null, 'a page up', MOVING),
  key(['g', 'home'], 'first', null, 'the first row', MOVING),
  key(['G', 'end'], 'last', null, 'the last row', MOVING),
  key(['enter'], 'open-detail', ['detail', 11], 'all there is to say of the row', WITH_LISTS),
  key(['esc', 'enter'], 'close-detail', ['back', 0], 'back to the rows', ['detail']),
  key(['t'], 'period', ['period', 12], 'today, this week, this month, all time', WITH_PERIOD),
  key(['s'], 'sort', ['sort', 13], 'sort by the next column', [...WITH_LISTS, 'detail']),
  key(['S'], 'reverse', null, 'turn the order around', [...WITH_LISTS, 'detail']),
  key(['/'], 'filter', ['filter', 2], 'only rows with this text, as you type', WITH_LISTS),
  key(['enter'], 'keep-filter', ['keep', 1], 'keep the filter', ['filter']),
  key(['esc'], 'clear-filter', ['clear', 2], 'drop the filter, or else the alert', [...WITH_LISTS, 'filter']),
  key(['backspace', 'delete', 'ctrl-h'], 'erase', null, 'take the last character back', ['filter']),
  key(['ctrl-u'], 'erase-all', null, 'take all of them back', ['filter']),
  key(['r'], 'reread', ['re-read', 15], 'read the ledger again from its beginning', NUMBERS),
  key(['z'], 'snooze', ['snooze', 14], 'an hour without alerts; again: end it', NUMBERS),
  key(['esc'], 'dismiss', null, 'put the alert away', ['now']),
  key(['w'], 'save-text', ['write', 16], 'write this screen to a text file in reports/', BROWSING),
  key(['W'], 'save-drawing', null, 'the same as a drawing (SVG)', BROWSING),
  key(['?'], 'show-help', ['help', 1], 'explain the screens and the keys', NUMBERS),
  key(['esc', '?', 'enter'], 'close-help', ['back', 1], 'go back to the numbers', ['help']),
  key(['q'], 'quit', ['quit', 0], 'leave', BROWSING),
  key(['ctrl-c'], 'quit', null, 'leave', EVERYWHERE),
  key(['ctrl-l'], 'redraw', null, 'draw the screen again, whatever has got into it', EVERYWHERE),
  key(['ctrl-z'], 'suspend', null, 'back to the shell; `fg` returns here', EVERYWHERE),
]

/** The command of a key, or null. In a filter, whatever has none is text. */
export function commandOf(name: string, place: Place): Command | null {
  return bindingsOf(place).find(({ keys }) => keys.includes(name))?.command ?? null
}

export function bindingsOf(place: Place): KeyBinding[] {
  return KEYS.filter(({ places }) => places.includes(place))
}

function key(
  keys: readonly string[],
  command: Command,
  hint: readonly [word: string, rank: number] | null,
  help: string,
  places: readonly Place[],
): KeyBinding {
  return { keys, command, hint: hint && { word: hint[0], rank: hint[1] }, help, places }
}

function screen(name: string, target: ScreenName, word: string, help: string, rank: number): KeyBinding {
  return key([name], `show-${target}`, [word, rank], help, BROWSING)
}
