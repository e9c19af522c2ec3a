import type { Passage, Section, Term } from '../core/manual.ts'
import { textWidth } from './pad.ts'
import { wrapText } from './wrap.ts'

/** Text wider than this is hard to read. */
const WIDEST = 88
const NARROWEST = 40
const INDENT = '  '

/** A section for a terminal of so many columns; lines to copy are never broken. */
export function sectionText({ title, passages }: Section, columns: number): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns))
  const blocks = passages.map((passage) => passageLines(passage, width))
  return `${[[title], ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function passageLines(passage: Passage, width: number): readonly string[] {
  switch (passage.kind) {
    case 'prose':
      return broken(passage.text, width)
    case 'terms':
      return termLines(passage.terms, width)
    case 'sample':
      return passage.lines.map((line) => `${INDENT}${line}`.trimEnd())
  }
}

/** Words in a column of their own, but those that would leave no room for what they mean. */
function termLines(given: readonly Term[], width: number): readonly string[] {
  const most = Math.floor(width / 3)
  const longest = Math.max(...given.map(([word]) => textWidth(word)).filter((one) => one <= most), 0)
  const hanging = ' '.repeat(INDENT.length + longest + 2)
  return given.flatMap(([word, meaning]) => {
    const [first = '', ...others] = broken(meaning, width - hanging.length)
    const rest = others.map((line) => hanging + line)
    const room = longest - textWidth(word)
    return room < 0
      ? [INDENT + word, hanging + first, ...rest]
      : [`${INDENT}${word}${' '.repeat(room + 2)}${first}`, ...rest]
  })
}

function broken(text: string, columns: number): readonly string[] {
  return wrapText(text, columns, Infinity, '…')
}
