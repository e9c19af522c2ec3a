/** The screens there are. Adding one: a name here, a file in `screens/`, a line in its registry, a key. */
export const SCREEN_NAMES = ['now', 'sessions', 'models', 'projects', 'history', 'alerts', 'help'] as const
export type ScreenName = (typeof SCREEN_NAMES)[number]

/** Where keys may mean something of their own: a screen, the detail of one of its rows, or the line of the filter. */
export const PLACES = [...SCREEN_NAMES, 'detail', 'filter'] as const
export type Place = (typeof PLACES)[number]
