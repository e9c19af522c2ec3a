import { glyphsOf } from './glyphs.ts'
import { type Line, span, type Tone } from './line.ts'

export interface Gauge {
  /** How much is used up: 1 is all. Null and NaN draw an empty bar, Infinity a full one. */
  readonly ratio: number | null
  /** Where an even spend would be by now, 0 to 1; null draws no mark. */
  readonly pace: number | null
  readonly columns: number
  readonly tone: Tone
  readonly ascii: boolean
}

/**
 * A bar of exactly `columns` columns. It is full only at 100 % and empty only at zero, so that a glance never
 * mistakes "almost" for "all" or "a little" for "nothing".
 */
export function gauge({ ratio, pace, columns, tone, ascii }: Gauge): Line {
  const cells = wholeCells(columns)
  const glyphs = glyphsOf(ascii)
  const steps = glyphs.eighths.length + 1
  const filled = filledSteps(ratio, cells * steps)
  const part = filled % steps
  const fill =
    glyphs.full.repeat((filled - part) / steps) + (part > 0 ? (glyphs.eighths[part - 1] ?? '') : '')
  const track = glyphs.track.repeat(cells - fill.length)
  const mark = markCell(pace, cells)
  const pieces =
    mark === null
      ? [span(fill, tone), span(track, 'track')]
      : [
          span(fill.slice(0, mark), tone),
          span(track.slice(0, Math.max(0, mark - fill.length)), 'track'),
          span(glyphs.pace, 'pace'),
          span(fill.slice(mark + 1), tone),
          span(track.slice(Math.max(0, mark - fill.length + 1)), 'track'),
        ]
  return pieces.filter(({ text }) => text !== '')
}

function wholeCells(columns: number): number {
  return columns > 0 && Number.isFinite(columns) ? Math.floor(columns) : 0
}

function filledSteps(ratio: number | null, steps: number): number {
  if (ratio === null || !(ratio > 0) || steps === 0) return 0
  if (ratio >= 1) return steps
  return Math.min(steps - 1, Math.max(1, Math.floor(ratio * steps)))
}

function markCell(pace: number | null, cells: number): number | null {
  if (pace === null || Number.isNaN(pace) || cells === 0) return null
  return Math.min(cells - 1, Math.max(0, Math.floor(pace * cells)))
}
