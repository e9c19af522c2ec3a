import { cutEnd, textWidth } from './pad.ts'

/** What a piece of text means; a printer with colours decides what that looks like. */
export type Tone =
  | 'plain'
  | 'title'
  | 'quiet'
  | 'key'
  | 'ok'
  | 'warning'
  | 'critical'
  | 'over'
  | 'unknown'
  | 'alarm'
  | 'track'
  | 'pace'
  | 'selected'

export interface Span {
  readonly text: string
  readonly tone: Tone
}

/** One line of a screen or of plain text, ready to print. */
export type Line = readonly Span[]

export const BLANK: Line = []

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone }
}

export function lineText(line: Line): string {
  return line.map(({ text }) => text).join('')
}

export function lineWidth(line: Line): number {
  return line.reduce((width, { text }) => width + textWidth(text), 0)
}

/** The line in at most `columns` columns, with the ellipsis as its last column where something was lost. */
export function cutLine(line: Line, columns: number, ellipsis: string): Line {
  if (lineWidth(line) <= columns) return line
  let left = columns
  return line.flatMap(({ text, tone }, index) => {
    if (left <= 0) return []
    const last = textWidth(text) > left || (textWidth(text) === left && index < line.length - 1)
    const fitting = last ? cutEnd(text + ' ', left, ellipsis) : text
    left = last ? 0 : left - textWidth(text)
    return [{ text: fitting, tone }]
  })
}

/** `left` at the left edge and `right` at the right one, exactly `columns` wide; `left` is cut to make room. */
export function spread(left: Line, right: Line, columns: number, ellipsis: string): Line {
  const kept = cutLine(right, columns, ellipsis)
  const gap = lineWidth(kept) > 0 ? 2 : 0
  const start = cutLine(left, columns - lineWidth(kept) - gap, ellipsis)
  return [...start, span(' '.repeat(Math.max(0, columns - lineWidth(start) - lineWidth(kept)))), ...kept]
}

/** Puts `separator` between the parts that are not empty. */
export function joinSpans(parts: readonly Line[], separator: Span): Line {
  const separators = parts.filter((part) => part.length > 0).map((part) => [[separator], part])
  return separators.flat(2).slice(1)
}

export function sameLine(a: Line, b: Line): boolean {
  return (
    a === b ||
    (a.length === b.length && a.every(({ text, tone }, i) => text === b[i]?.text && tone === b[i]?.tone))
  )
}

/** The first that fits so many columns, else the last, which is the shortest; empty without any. */
export function firstFitting(variants: readonly Line[], columns: number): Line {
  return variants.find((line) => lineWidth(line) <= columns) ?? variants.at(-1) ?? []
}
