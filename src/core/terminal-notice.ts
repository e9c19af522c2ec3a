import { safeText } from './safe-text.ts'

const BELL = '\u0007'
const ESCAPE = '\u001b'

/** Terminals that show `OSC 9 ; text` as a notification of the desktop they run on, by what they call themselves. */
const NINE = /^(iterm\.app|wezterm|ghostty|windows_terminal|conemu|mintty|warpterminal)$/i
/** Those that take `OSC 777 ; notify ; title ; body`. */
const SEVENS = /^(rxvt|foot|urxvt)/i
/** They print what they do not understand. */
const PLAIN = /^(linux|dumb|screen|vt\d+|cons\d+|$)/i

type Variables = Readonly<Record<string, string | undefined>>

/**
 * What draws attention to a text in a terminal: its bell, and where no desktop of this machine can, the sequence that
 * has the terminal do it. Over SSH a terminal does not say what it is, and most pass over what they do not know.
 */
export function terminalNotice(text: string, variables: Variables, isDesktop: boolean): string {
  const isRemote = isSet(variables['SSH_CONNECTION']) || isSet(variables['SSH_TTY'])
  if (isDesktop && !isRemote) return BELL
  const sequence = sequenceOf(plainly(text), variables, isRemote)
  return sequence === null ? BELL : BELL + throughTmux(sequence, variables)
}

/** Whether notifications have a desktop to appear on; over SSH, one that the user does not look at. */
export function hasDesktop(variables: Variables, platform: string): boolean {
  if (platform !== 'linux') return true
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS'].some((name) => isSet(variables[name]))
}

function sequenceOf(text: string, variables: Variables, isRemote: boolean): string | null {
  const terminal = variables['TERM'] ?? ''
  if (SEVENS.test(terminal)) return `${ESCAPE}]777;notify;ai-costs;${text}${BELL}`
  const isKnown =
    NINE.test(variables['TERM_PROGRAM'] ?? '') || isSet(variables['WT_SESSION']) || /ghostty/.test(terminal)
  if (isKnown || (isRemote && (isSet(variables['TMUX']) || !PLAIN.test(terminal)))) {
    return `${ESCAPE}]9;ai-costs: ${text}${BELL}`
  }
  return null
}

/** A semicolon would begin another part, and nothing else but text may be in it. */
function plainly(text: string): string {
  return safeText(text).replaceAll(';', ',')
}

/** Tmux hands on what is wrapped so, and drops it where it was not allowed to. */
function throughTmux(sequence: string, variables: Variables): string {
  if (!isSet(variables['TMUX'])) return sequence
  return `${ESCAPE}Ptmux;${sequence.replaceAll(ESCAPE, ESCAPE + ESCAPE)}${ESCAPE}\\`
}

function isSet(value: string | undefined): boolean {
  return (value ?? '') !== ''
}
