import { cutEnd, textWidth } from './pad.ts'

/** Breaks text between words into at most `rows` lines of at most `columns` columns; the last may be cut. */
export function wrapText(text: string, columns: number, rows: number, ellipsis: string): string[] {
  if (columns < 1 || rows < 1) return []
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || lines.length === rows - 1 || textWidth(longer) <= columns) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line].map((full) => cutEnd(full, columns, ellipsis))
}

/** As `wrapText`, but a sentence about a file that has no room for all loses the folders first: what is wrong says more. */
export function wrapSentence(text: string, columns: number, rows: number, ellipsis: string): string[] {
  const whole = wrapText(text, columns, rows, ellipsis)
  return whole.join(' ') === text
    ? whole
    : wrapText(text.replace(/^\/\S*\/(?=\S)/, ''), columns, rows, ellipsis)
}
