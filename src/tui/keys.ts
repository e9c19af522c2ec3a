import type { ScreenName } from './screen-name.ts'

/** What a key asks for. */
export type Command = 'quit' | 'suspend' | 'reread' | 'open-help' | 'close-help'

export interface KeyBinding {
  /** Names as `keysOf` gives them; the first is the one that is shown. */
  readonly keys: readonly string[]
  readonly command: Command
  /** One word for the footer; null keeps the key out of it. */
  readonly hint: string | null
  /** A sentence for the help screen. */
  readonly help: string
  /** The screens on which it works. */
  readonly screens: readonly ScreenName[]
}

const EVERYWHERE: readonly ScreenName[] = ['dashboard', 'help']

/** All keys: input, footer and help are made from this one table. */
export const KEYS: readonly KeyBinding[] = [
  {
    keys: ['r'],
    command: 'reread',
    hint: 're-read',
    help: 'read the ledger again from its beginning',
    screens: ['dashboard'],
  },
  {
    keys: ['?'],
    command: 'open-help',
    hint: 'help',
    help: 'explain the screen and the keys',
    screens: ['dashboard'],
  },
  {
    keys: ['esc', '?'],
    command: 'close-help',
    hint: 'back',
    help: 'go back to the numbers',
    screens: ['help'],
  },
  { keys: ['q', 'ctrl-c'], command: 'quit', hint: 'quit', help: 'leave', screens: EVERYWHERE },
  {
    keys: ['ctrl-z'],
    command: 'suspend',
    hint: null,
    help: 'back to the shell; `fg` returns here',
    screens: EVERYWHERE,
  },
]

export function commandOf(key: string, screen: ScreenName): Command | null {
  return bindingsOf(screen).find(({ keys }) => keys.includes(key))?.command ?? null
}

export function bindingsOf(screen: ScreenName): KeyBinding[] {
  return KEYS.filter(({ screens }) => screens.includes(screen))
}

/** The part of Ink's key description that we rely on. */
export interface InkKey {
  readonly ctrl: boolean
  readonly escape: boolean
}

/**
 * The names of the keys in one report from Ink, which holds several characters after fast typing: `q`, `?`, `esc`,
 * `ctrl-z`. Esc comes first because Ink also reports it as a modifier.
 */
export function keysOf(input: string, key: InkKey): string[] {
  if (key.escape) return ['esc']
  if (key.ctrl) return [`ctrl-${input}`]
  return Array.from(input, nameOf)
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === 0x1b) return 'esc'
  return code >= 1 && code <= 26 ? `ctrl-${String.fromCodePoint(code + 0x60)}` : character
}
