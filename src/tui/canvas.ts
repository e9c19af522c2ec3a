import type { PaneTerminal } from '../core/pane-terminal.ts'

/** No line is broken: a row that takes more columns in this terminal than we think must not run into the next one. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J\u001b[H'
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l'
/** Reports of buttons, of which the wheel is one, in the form that has no limit of columns. */
const MOUSE_ON = '\u001b[?1000h\u001b[?1006h'
const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l'
const ERASE_SCREEN = '\u001b[2J'
const ERASE_ROW = '\u001b[K'
/** Between them a terminal that knows these shows nothing: no half of a frame is seen. */
const BEGIN_FRAME = '\u001b[?2026h'
/** The cursor waits at the top: what somebody else writes to the terminal then scrolls nothing. */
const END_FRAME = '\u001b[H\u001b[?2026l'

/** Text for one row of the screen, with its colours. */
export interface DrawnRow {
  /** From the top, which is 0. */
  readonly row: number
  readonly text: string
}

/** The terminal's alternate screen. */
export interface Canvas {
  /** Shows an empty alternate screen without a cursor. */
  readonly enter: () => void
  /** Shows again what was there before. Does nothing when it is there already. */
  readonly leave: () => void
  /** Whether the terminal is to report the wheel of the mouse while the canvas is shown. */
  readonly mouse: (isWanted: boolean) => void
  /** Has the next drawing begin on an erased screen: after a resize nobody knows what the terminal still shows. */
  readonly eraseBeforeDrawing: () => void
  /** Puts each row in place of what stands there. Writes nothing when there is nothing to do. */
  readonly draw: (rows: readonly DrawnRow[]) => void
}

export function createCanvas({ stdout }: Pick<PaneTerminal, 'stdout'>): Canvas {
  let entered = false
  let erasing = false
  let hearsMouse = false
  return {
    enter: () => {
      entered = true
      erasing = false
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
    eraseBeforeDrawing: () => {
      erasing = true
    },
    draw: (rows) => {
      if (!entered || (rows.length === 0 && !erasing)) return
      const erased = erasing ? ERASE_SCREEN : ''
      erasing = false
      stdout.write(BEGIN_FRAME + erased + rows.map(placed).join('') + END_FRAME)
    },
  }
}

/** Erased before it is written: behind a row that is full, some terminals would erase its last character. */
function placed({ row, text }: DrawnRow): string {
  return `\u001b[${row + 1}H${ERASE_ROW}${text}`
}
