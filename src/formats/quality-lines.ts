import type { Quality, UnpricedModel } from '../core/quality.ts'
import { glyphsOf } from './glyphs.ts'
import { nameText } from './name.ts'
import { cutEnd, textWidth } from './pad.ts'
import { wrapSentence } from './wrap.ts'

/** Something that the numbers leave out or doubt. */
interface Finding {
  /** The whole sentence. */
  readonly full: string
  /** The same without what to do about it, for where there is no room to say so. */
  readonly plain: string
  /** The fewest words. */
  readonly brief: string
}

/** What room there is for findings. */
interface Room {
  readonly columns: number
  readonly rows: number
  readonly ascii: boolean
}

/**
 * What we could not read, price or date, the costliest first, in at most `rows` lines: none when all is well. What
 * finds no room is counted; `ai-costs check` says all of it.
 */
export function qualityLines(quality: Quality, room: Room): readonly string[] {
  const { columns, rows, ascii } = room
  const { dash, ellipsis } = glyphsOf(ascii)
  const findings = findingsOf(quality, ascii)
  const blocks = findings.map((one) => linesOf(one, room))
  if (blocks.flat().length <= rows) return blocks.flat()
  const [first] = findings
  if (rows === 1 && first !== undefined) return [firstOf(first, findings.length - 1, room)]
  const shown = leading(blocks, rows - 1)
  const others = `and ${findings.length - shown.length} more`
  const last = fitting([`${others} ${dash} ai-costs check shows all`, others], columns, ellipsis)
  return [...shown.flat(), last]
}

/** Why the numbers are not all there is to say, in the fewest words; null when all is well. */
export function qualityReason(quality: Quality, ascii: boolean): string | null {
  return findingsOf(quality, ascii)[0]?.brief ?? null
}

function findingsOf(quality: Quality, ascii: boolean): readonly Finding[] {
  const counted = (count: number, noun: string, what: string, more: string): readonly Finding[] =>
    count === 0 ? [] : [finding(`${plural(count, noun)} ${what}`.trimEnd(), more, ascii)]
  return [
    ...quality.unpriced.map((model) => unpriced(model, ascii)),
    ...counted(quality.rejected, 'record', 'with impossible numbers', 'ai-costs check shows where'),
    ...counted(quality.badLines, 'unreadable line', '', 'ai-costs check shows where'),
    ...quality.notes.map((note) => finding(nameText(note, ascii), '', ascii)),
    ...counted(quality.undated, 'record', 'without a time', 'in all-time totals only'),
    ...counted(quality.future, 'record', 'from the future', 'look at the clock that wrote it'),
  ]
}

function unpriced({ model, records }: UnpricedModel, ascii: boolean): Finding {
  const name = nameText(model, ascii)
  const what = `${name} unpriced (${plural(records, 'record')})`
  return { ...finding(what, 'ai-costs check shows the fix', ascii), brief: `unpriced: ${name}` }
}

function finding(what: string, more: string, ascii: boolean): Finding {
  const full = more === '' ? what : `${what} ${glyphsOf(ascii).dash} ${more}`
  return { full, plain: what, brief: what }
}

/** On lines of its own: what is too long for one is broken between words. */
function linesOf({ full, plain, brief }: Finding, { columns, rows, ascii }: Room): readonly string[] {
  const text = [full, plain].find((candidate) => textWidth(candidate) <= columns) ?? brief
  return wrapSentence(text, columns, Math.max(1, rows - 1), glyphsOf(ascii).ellipsis)
}

/** In the only line there is: what the first finding says comes before how many others there are. */
function firstOf({ plain, brief }: Finding, others: number, { columns, ascii }: Room): string {
  const { ellipsis } = glyphsOf(ascii)
  const whole = `${plain}, and ${others} more`
  if (textWidth(whole) <= columns) return whole
  const count = ` +${others}`
  return cutEnd(fitting([plain, brief], columns - count.length, ellipsis) + count, columns, ellipsis)
}

/** The first text that fits, or the beginning of the last one. */
function fitting(texts: readonly string[], columns: number, ellipsis: string): string {
  const text = texts.find((candidate) => textWidth(candidate) <= columns)
  return text ?? cutEnd(texts.at(-1) ?? '', columns, ellipsis)
}

/** As many of the first blocks as fit whole. */
function leading(blocks: readonly (readonly string[])[], rows: number): readonly (readonly string[])[] {
  let used = 0
  const end = blocks.findIndex((block) => (used += block.length) > rows)
  return blocks.slice(0, end < 0 ? blocks.length : end)
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
