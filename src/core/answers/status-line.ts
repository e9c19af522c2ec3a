import type { Signs, StatusSpan, Tone } from './status-words.ts'

/** How a status line is written down; `json` is another matter. */
export interface StatusPaper {
  readonly format: 'text' | 'tmux' | 'plain'
  /** Of `text` only. */
  readonly colour: boolean
  /** Null for as much room as it takes. */
  readonly columns: number | null
}

/** A piece of the line; what the user wrote himself goes out as it is. */
export interface LinePiece extends StatusSpan {
  readonly isOwn?: true
}

/** Parts side by side, as many from the first on as fit, on one line. The first is cut where even it does not. */
export function joinedLine(parts: readonly StatusSpan[], signs: Signs, paper: StatusPaper): string {
  const room = paper.columns ?? Infinity
  const separator: StatusSpan = { text: signs.separator, tone: 'quiet' }
  const pieces: StatusSpan[] = []
  for (const part of parts) {
    const longer = pieces.length === 0 ? [part] : [...pieces, separator, part]
    if (pieces.length > 0 && widthOf(longer) > room) break
    pieces.splice(0, pieces.length, ...longer)
  }
  return writtenLine(pieces, signs, paper)
}

/** Pieces as they are, cut to the room there is. */
export function writtenLine(pieces: readonly LinePiece[], signs: Signs, paper: StatusPaper): string {
  const { columns } = paper
  const fitting = columns === null || widthOf(pieces) <= columns ? pieces : cut(pieces, columns, signs)
  return fitting.map((piece) => painted(piece, paper)).join('')
}

function cut(pieces: readonly LinePiece[], columns: number, { ellipsis }: Signs): readonly LinePiece[] {
  const kept: LinePiece[] = []
  let room = columns - 1
  for (const piece of pieces) {
    let text = ''
    for (const character of piece.text) {
      room -= widthOfText(character)
      if (room < 0) return [...kept, { ...piece, text: text + ellipsis }]
      text += character
    }
    kept.push(piece)
  }
  return kept
}

function widthOf(pieces: readonly StatusSpan[]): number {
  return pieces.reduce((sum, { text }) => sum + widthOfText(text), 0)
}

/** From Hangul on most characters take two columns; rather too many for one of them than a line that wraps. */
const WIDE = /[\u1100-\u200f\u2800-\u{10ffff}]/u

function widthOfText(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}

const ANSI: Record<Tone, string> = {
  plain: '',
  quiet: '2',
  ok: '32',
  warning: '33',
  unknown: '35',
  critical: '1;31',
  over: '1;31',
}

const TMUX: Record<Tone, string> = {
  plain: '',
  quiet: 'dim',
  ok: 'fg=green',
  warning: 'fg=yellow',
  unknown: 'fg=magenta',
  critical: 'fg=red,bold',
  over: 'fg=red,bold',
}

function painted({ text, tone, isOwn }: LinePiece, { format, colour }: StatusPaper): string {
  if (format === 'tmux') {
    // To tmux a `#` begins a command; two of them are one.
    const safe = isOwn ? text : text.replaceAll('#', '##')
    return TMUX[tone] === '' ? safe : `#[${TMUX[tone]}]${safe}#[default]`
  }
  return format === 'plain' || !colour || ANSI[tone] === '' ? text : `\x1b[${ANSI[tone]}m${text}\x1b[0m`
}
