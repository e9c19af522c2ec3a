import type { Problem } from './problem.ts'

/**
 * The most common slip in a router's file: `default:` indented as if it belonged to the list of rules. That is either
 * no YAML at all or a strange rule, and what a parser says about it helps nobody. Null when the text has no such line.
 */
export function misplacedDefault(file: string, source: string): Problem | null {
  const lines = source.split(/\r?\n/)
  let rulesIndent = -1
  for (const [index, text] of lines.entries()) {
    const [, indent = '', key = ''] = /^( *(?:- +)?)["']?(\w+)["']? *:/.exec(text) ?? []
    if (key === 'rules') rulesIndent = indent.length
    else if (key !== '' && indent.length <= rulesIndent) rulesIndent = -1
    else if (key === 'default' && rulesIndent >= 0) {
      const line = index + 1
      const removal = indent.includes('-') ? 'the dash and all' : `${indent.length - rulesIndent}`
      return {
        file,
        line,
        column: indent.length + 1,
        text,
        message: `\`default:\` must be at the same level as \`rules:\` (remove ${removal} spaces, line ${line})`,
        fix: `write the line as \`${' '.repeat(rulesIndent)}${text.slice(indent.length, indent.length + 80).trimEnd()}\``,
      }
    }
  }
  return null
}
