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
