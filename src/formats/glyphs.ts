/** The drawing characters, each one column wide in every terminal. */
export interface Glyphs {
  readonly full: string
  /** One to seven eighths of a cell; empty where a cell cannot be divided. */
  readonly eighths: readonly string[]
  readonly track: string
  readonly pace: string
  readonly rule: string
  /** From nothing to most. */
  readonly heights: readonly string[]
  readonly dot: string
  /** Between a finding and what to do about it. */
  readonly dash: string
  readonly ellipsis: string
  readonly atLeast: string
  /** Before the row that keys are about. */
  readonly pointer: string
  /** Beside the column by which rows are sorted: from the largest or from the smallest on. */
  readonly falling: string
  readonly rising: string
  /** From nothing to most, each darker than the one before. */
  readonly shades: readonly string[]
  /** Stands for a number that does not exist, such as a percentage of nothing. */
  readonly none: string
}

const UNICODE: Glyphs = {
  full: '█',
  eighths: ['▏', '▎', '▍', '▌', '▋', '▊', '▉'],
  track: '─',
  pace: '╎',
  rule: '─',
  heights: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  dot: '·',
  dash: '—',
  ellipsis: '…',
  atLeast: '≥',
  pointer: '›',
  falling: '▾',
  rising: '▴',
  shades: ['·', '░', '▒', '▓', '█'],
  none: '–',
}

const ASCII: Glyphs = {
  full: '#',
  eighths: [],
  track: '-',
  pace: '|',
  rule: '-',
  heights: ['_', '.', ':', '-', '=', '+', '*', '#'],
  dot: '-',
  dash: '-',
  ellipsis: '~',
  atLeast: '>=',
  pointer: '>',
  falling: 'v',
  rising: '^',
  shades: ['.', ':', '+', 'x', '#'],
  none: '-',
}

export function glyphsOf(ascii: boolean): Glyphs {
  return ascii ? ASCII : UNICODE
}
