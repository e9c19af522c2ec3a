import { escapeMarkup } from '../core/escape-markup.ts'
import type { Line, Span, Tone } from './line.ts'
import { lineWidth } from './line.ts'
import { textWidth } from './pad.ts'

/** Size of a cell, and the colours of the drawing. */
const WIDTH = 8.4
const HEIGHT = 18
const MARGIN = 16
const BASELINE = 14
const PAPER = '#15181e'
const INK = '#d8dee9'

const COLOURS: Readonly<Partial<Record<Tone, string>>> = {
  quiet: '#8b95a7',
  track: '#4a5161',
  ok: '#56b6c2',
  warning: '#e5c07b',
  critical: '#d46ec0',
  over: '#d46ec0',
  unknown: '#e5c07b',
  alarm: '#d46ec0',
}

const BOLD: ReadonlySet<Tone> = new Set(['title', 'key', 'over', 'unknown', 'alarm', 'pace', 'selected'])

/** Lines as a drawing (SVG) that looks as a dark terminal shows them. */
export function screenSvg(lines: readonly Line[]): string {
  const columns = Math.max(1, ...lines.map(lineWidth))
  const width = rounded(columns * WIDTH + 2 * MARGIN)
  const height = lines.length * HEIGHT + 2 * MARGIN
  const rows = lines.flatMap((line, row) => drawnLine(line, row))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A screen of ai-costs">
<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`
}

function drawnLine(line: Line, row: number): readonly string[] {
  let column = 0
  return line.flatMap((one) => {
    const at = column
    column += textWidth(one.text)
    return one.text.trim() === '' ? [] : [drawnSpan(one, at, row)]
  })
}

function drawnSpan({ text, tone }: Span, column: number, row: number): string {
  const x = rounded(MARGIN + column * WIDTH)
  const y = MARGIN + row * HEIGHT
  // Fonts differ in how wide their characters are; the columns have to stay.
  const length = rounded(textWidth(text) * WIDTH)
  const colour = COLOURS[tone] ?? INK
  const isInverse = tone === 'alarm'
  const ground = isInverse
    ? `<rect x="${x}" y="${y}" width="${length}" height="${HEIGHT}" fill="${colour}"/>`
    : ''
  const weight = BOLD.has(tone) ? ' font-weight="bold"' : ''
  return `${ground}<text x="${x}" y="${y + BASELINE}" textLength="${length}" fill="${isInverse ? PAPER : colour}"${weight}>${escapeMarkup(text)}</text>`
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10
}
