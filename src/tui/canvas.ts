import type { PaneTerminal } from '../core/pane-terminal.ts'

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[2J\u001b[H'
const LEAVE = '\u001b[?25h\u001b[?1049l'
/** Reports of buttons, of which the wheel is one, in the form that has no limit of columns. */
const MOUSE_ON = '\u001b[?1000h\u001b[?1006h'
const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l'
const ERASE_SCREEN = '\u001b[2J\u001b[H'
const ERASE_SCROLLBACK = '\u001b[3J'

/** The terminal's alternate screen, and the stream through which Ink may write to it. */
export interface Canvas {
  readonly stream: NodeJS.WriteStream
  /** Shows an empty alternate screen without a cursor. */
  readonly enter: () => void
  /** Shows again what was there before. Does nothing when it is there already. */
  readonly leave: () => void
  /** Whether the terminal is to report the wheel of the mouse while the canvas is shown. */
  readonly mouse: (isWanted: boolean) => void
  /** Has the next frame begin on an erased screen: after a resize nobody knows what the terminal still shows. */
  readonly eraseBeforeNextFrame: () => void
}

export function createCanvas({ stdout, size }: PaneTerminal): Canvas {
  let entered = false
  let erasing = false
  let hearsMouse = false
  const write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk.replaceAll(ERASE_SCROLLBACK, '') : chunk
    // Every frame ends with a line feed; what has none only begins or ends a synchronized update.
    const erase = erasing && typeof text === 'string' && text.includes('\n')
    if (erase) erasing = false
    return Reflect.apply(stdout.write, stdout, [erase ? ERASE_SCREEN + text : text, ...rest])
  }
  const replaced: Readonly<Record<string, () => unknown>> = {
    write: () => write,
    // Ink asks the operating system, by starting a process, when it is told of no columns.
    columns: () => Math.max(1, size().columns),
    rows: () => size().rows,
  }
  const stream = new Proxy(stdout, {
    get(target, key) {
      const replacement = typeof key === 'string' && Object.hasOwn(replaced, key) ? replaced[key] : undefined
      if (replacement !== undefined) return replacement()
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? muted(target, key, value) : value
    },
  })
  return {
    stream,
    enter: () => {
      entered = true
      stdout.write(hearsMouse ? ENTER + MOUSE_ON : ENTER)
    },
    leave: () => {
      if (!entered) return
      entered = false
      stdout.write(hearsMouse ? MOUSE_OFF + LEAVE : LEAVE)
    },
    mouse: (isWanted) => {
      if (isWanted === hearsMouse) return
      hearsMouse = isWanted
      if (entered) stdout.write(isWanted ? MOUSE_ON : MOUSE_OFF)
    },
    eraseBeforeNextFrame: () => {
      erasing = true
    },
  }
}

const SUBSCRIBING: ReadonlySet<string | symbol> = new Set(['on', 'addListener', 'once', 'prependListener'])

/**
 * A method of the stream, deaf to `resize`: Ink would paint the old frame at the new size before ours is ready, and
 * in a storm of resizes once for each.
 */
function muted(target: NodeJS.WriteStream, key: string | symbol, method: Function) {
  if (!SUBSCRIBING.has(key)) return method.bind(target)
  return (event: unknown, ...rest: readonly unknown[]): unknown =>
    event === 'resize' ? target : Reflect.apply(method, target, [event, ...rest])
}
