/** The screens there are. Adding one: a name here, a file in `screens/`, a line in its registry, a key. */
export const SCREEN_NAMES = ['dashboard', 'help'] as const
export type ScreenName = (typeof SCREEN_NAMES)[number]
