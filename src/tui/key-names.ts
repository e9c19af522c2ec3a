/** The part of Ink's key description that we rely on. */
export interface InkKey {
  readonly ctrl: boolean
  readonly shift: boolean
  readonly escape: boolean
  readonly upArrow: boolean
  readonly downArrow: boolean
  readonly leftArrow: boolean
  readonly rightArrow: boolean
  readonly pageUp: boolean
  readonly pageDown: boolean
  readonly home: boolean
  readonly end: boolean
  readonly return: boolean
  readonly tab: boolean
  readonly backspace: boolean
  readonly delete: boolean
}

/** Keys that Ink reports without text, by what it calls them. */
const NAMED: readonly (readonly [property: keyof InkKey, name: string])[] = [
  ['escape', 'esc'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
]

/** Control characters that have a key of their own. */
const CONTROLS: ReadonlyMap<number, string> = new Map([
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0a, 'enter'],
  [0x0d, 'enter'],
  [0x1b, 'esc'],
  [0x20, 'space'],
  [0x7f, 'backspace'],
])

/** Reports of the mouse, and other sequences of which Ink has cut off the escape. */
const WHEEL = /^\[<(\d+);\d+;\d+M$/
const SEQUENCE = /^\[[<\d;?]*[A-Za-z~]/
const WHEEL_UP = 64
const WHEEL_DOWN = 65

/**
 * The names of the keys in one report from Ink, which holds several characters after fast typing or a paste: `q`, `?`,
 * `esc`, `enter`, `wheel-down`, `ctrl-z`. Sequences that mean nothing here have no name, wherever they stand.
 */
export function keysOf(input: string, key: InkKey): string[] {
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab']
  const named = NAMED.find(([property]) => key[property])
  // Esc comes first because Ink also reports it as a modifier.
  if (named !== undefined) return [named[1]]
  if (key.ctrl) return [input === 'space' ? 'space' : `ctrl-${input}`]
  if (SEQUENCE.test(input)) return wheelOf(input)
  return Array.from(withoutSequences(input), nameOf).filter((name) => name !== '')
}

/** Several turns of the wheel arrive as one text. */
function wheelOf(input: string): string[] {
  return input.split('\u001b').flatMap((report) => {
    const button = Number(WHEEL.exec(report)?.[1] ?? 0)
    if (button === WHEEL_UP) return ['wheel-up']
    return button === WHEEL_DOWN ? ['wheel-down'] : []
  })
}

/** Escape sequences in pasted text: what they would have done to a terminal is nobody's intention. */
function withoutSequences(input: string): string {
  return input.replace(PASTED, '')
}

/** What begins with Esc: a control sequence, a command to the operating system, or some other string. */
const PASTED =
  // oxlint-disable-next-line no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*\u001b\\)/g

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const control = CONTROLS.get(code)
  if (control !== undefined) return control
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCodePoint(code + 0x60)}`
  return code < 0x20 || (code >= 0x80 && code < 0xa0) ? '' : character
}
