import stringWidth from 'string-width'

/** Printable ASCII and what we draw with (lines, blocks, signs): one column each, whatever stands beside it. */
const NARROW = /^[\x20-\x7e·–—…›≥─-▟■▲▴▾●]*$/
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns that a terminal needs for the text: East Asian wide characters and emoji take two. */
export function textWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text)
}

/**
 * The text in at most `columns` columns: cut between graphemes, never inside one, with the ellipsis as its last
 * column where something was lost.
 */
export function cutEnd(text: string, columns: number, ellipsis = '…'): string {
  const far = FAR + FAR * Math.max(0, columns)
  if (text.length <= far && textWidth(text) <= columns) return text
  if (columns < 1) return ''
  return takeGraphemes(segmentsOf(text.slice(0, far)), columns - 1).join('') + ellipsis
}

/** What is so many characters to a column behind the edge needs not be looked at to know that it is lost. */
const FAR = 32

/** As `cutEnd`, but what is lost is the beginning: of a path, the end says most. */
export function cutStart(text: string, columns: number, ellipsis = '…'): string {
  if (textWidth(text) <= columns) return text
  if (columns < 1) return ''
  return (
    ellipsis +
    takeGraphemes(segmentsOf(text).toReversed(), columns - 1)
      .toReversed()
      .join('')
  )
}

/** Exactly `columns` columns: padded on the right, or cut. */
export function padEnd(text: string, columns: number, ellipsis = '…'): string {
  const fitting = cutEnd(text, columns, ellipsis)
  return fitting + ' '.repeat(Math.max(0, columns - textWidth(fitting)))
}

/** Exactly `columns` columns: padded on the left, or cut. */
export function padStart(text: string, columns: number, ellipsis = '…'): string {
  const fitting = cutEnd(text, columns, ellipsis)
  return ' '.repeat(Math.max(0, columns - textWidth(fitting))) + fitting
}

function segmentsOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

function takeGraphemes(segments: readonly string[], columns: number): string[] {
  let used = 0
  const end = segments.findIndex((segment) => (used += textWidth(segment)) > columns)
  return segments.slice(0, end < 0 ? segments.length : end)
}
