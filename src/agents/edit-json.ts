import type { JsonList, JsonNode, JsonTable, Span } from './json-tree.ts'

// What a person wrote stays as it was written: each edit puts something between the old characters, or takes out what such
// an edit has put there. Adding at the end and taking out again gives the very same text.

/** What can be put into a text. */
export type Insert =
  | string
  | number
  | boolean
  | readonly Insert[]
  | { readonly [key: string]: Insert | undefined }

/** The text with one more member at the end of a table. */
export function withMember(text: string, table: JsonTable, key: string, value: Insert): string {
  return added(text, table, (style) => `${JSON.stringify(key)}:${style.gap}${spelt(value, style)}`)
}

/** The text with one more item at the end of a list. */
export function withItem(text: string, list: JsonList, value: Insert): string {
  return added(text, list, (style) => spelt(value, style))
}

/** The text with a string in the place of an old value. */
export function withValue(text: string, { start, end }: JsonNode, value: string): string {
  return text.slice(0, start) + JSON.stringify(value) + text.slice(end)
}

/** The text without a member of a table; of two with one key the last goes, which is the one that counts. */
export function withoutMember(text: string, table: JsonTable, key: string): string {
  return taken(
    text,
    table,
    table.members.findLastIndex((member) => member.key === key),
  )
}

/** The text without an item of a list, by its index. */
export function withoutItem(text: string, list: JsonList, index: number): string {
  return taken(text, list, index)
}

/** How the lines around an insertion are written. */
interface Style {
  /** What begins a line beside the insertion, and the line itself; null where all stands on one line. */
  readonly lead: string | null
  /** One step of indentation. */
  readonly unit: string
  /** Between a key and its value: `' '`, or `''` where no blanks are. */
  readonly gap: string
}

function added(text: string, container: JsonTable | JsonList, spell: (style: Style) => string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const unit = unitOf(text)
  const last = partsOf(container).at(-1)
  if (last === undefined) {
    const isOneLine = !text.trim().includes('\n') && text.trim() !== '{}'
    const close = newline + blanksOfLine(text, container.start)
    const style = isOneLine ? { lead: null, unit, gap: '' } : { lead: close + unit, unit, gap: ' ' }
    const inner = (style.lead ?? '') + spell(style) + (isOneLine ? '' : close)
    return text.slice(0, container.start + 1) + inner + text.slice(container.end - 1)
  }
  const hasOwnLine = text.slice(lineStart(text, last.start), last.start).trim() === ''
  const lead = hasOwnLine ? newline + blanksOfLine(text, last.start) : null
  const gap = lead !== null || hasBlanks(text.slice(container.start, container.end)) ? ' ' : ''
  return `${text.slice(0, last.end)},${lead ?? gap}${spell({ lead, unit, gap })}${text.slice(last.end)}`
}

function taken(text: string, container: JsonTable | JsonList, index: number): string {
  const parts = partsOf(container)
  const [before, own, after] = [index === 0 ? undefined : parts[index - 1], parts[index], parts[index + 1]]
  if (own === undefined) return text
  if (after !== undefined) return text.slice(0, own.start) + text.slice(after.start)
  if (before !== undefined) return text.slice(0, before.end) + text.slice(own.end)
  return text.slice(0, container.start + 1) + text.slice(container.end - 1)
}

function partsOf(container: JsonTable | JsonList): readonly Span[] {
  if (container.kind === 'list') return container.items
  return container.members.map(({ start, value }) => ({ start, end: value.end }))
}

function spelt(value: Insert, { lead, unit, gap }: Style): string {
  if (lead !== null) return JSON.stringify(value, null, unit).replaceAll('\n', lead)
  // Line feeds in strings are spelt `\n`.
  return gap === '' ? JSON.stringify(value) : JSON.stringify(value, null, 1).replace(/\n */g, ' ')
}

/** Whether values on one line have blanks between them. */
function hasBlanks(text: string): boolean {
  return /[:,] /.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
}

/** That of the first line that has any. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function blanksOfLine(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? ''
}
