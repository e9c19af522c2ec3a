import type { Manual, Passage } from '../core/manual.ts'

/** A manual page (man(7) macros), for `man -l` or a folder of pages. */
export function manualRoff({ name, summary, version, sections }: Manual): string {
  const head = [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`${name} ${version}`)} ${quoted('User Commands')}`,
    // No hyphens of its own: options would not be what one has to type any more.
    '.nh',
    '.ad l',
    '.SH NAME',
    `${escaped(name)} \\- ${escaped(summary)}`,
  ]
  const body = sections.flatMap(({ title, passages }) => [
    `.SH ${quoted(title.toUpperCase())}`,
    ...passages.flatMap((passage, nth) => passageLines(passage, nth === 0)),
  ])
  return `${[...head, ...body].join('\n')}\n`
}

function passageLines(passage: Passage, isFirst: boolean): readonly string[] {
  const apart = isFirst ? [] : ['.PP']
  switch (passage.kind) {
    case 'prose':
      return [...apart, escaped(passage.text)]
    case 'terms':
      return passage.terms.flatMap(([word, meaning]) => [
        '.TP',
        `\\fB${escapedInside(word)}\\fR`,
        escaped(meaning),
      ])
    case 'sample':
      return [...apart, '.RS 4', '.nf', ...passage.lines.map(escaped), '.fi', '.RE']
  }
}

/** A line that says nothing but what it says: a dot or a quote at its beginning would be a request. */
function escaped(line: string): string {
  const text = escapedInside(line)
  return /^[.']/.test(text) ? `\\&${text}` : text
}

/** Hyphens, quotes and carets are those that one has to type, and every other character is plain ASCII. */
function escapedInside(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll(/[^\x20-\x7e]/gu, (character) => `\\[u${codeOf(character)}]`)
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

function quoted(text: string): string {
  return `"${escapedInside(text).replaceAll('"', '\\(dq')}"`
}
