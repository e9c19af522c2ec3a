/** Text of ours with whatever in it could mean something escaped. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&#@$]/g, (character) => `\\${character}`).replace(/:\/\//g, '\\://')
}

/** Foreign text as a code span, in which no markup, link or mention is seen; fit for the cell of a table too. */
export function markdownCode(text: string): string {
  if (text === '') return ''
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1)
  const padding = text.startsWith('`') || text.endsWith('`') || text.trim() === '' ? ' ' : ''
  return fence + padding + withoutBars(text) + padding + fence
}

/** A bar ends a cell even in a code span, unless it is escaped; behind a backslash it cannot be. */
function withoutBars(text: string): string {
  return text.replace(/\\*\|/g, (bar) => (bar.length === 1 ? '\\|' : `${bar.slice(0, -1)}¦`))
}
