import { type Money, decimalText } from './money.ts'

/** A value that holds no others. */
export type JsonScalar = string | number | boolean | null | Money

/** What our JSON outputs are made of; a bigint is money and is written as an exact decimal number of dollars. */
export type Json = JsonScalar | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * JSON text, indented by two. JSON.stringify refuses a bigint, and a detour through a double would round a total.
 * Characters that could act on a terminal are escaped, so that the text is as harmless as it is exact.
 */
export function jsonText(value: Json): string {
  return escapeNonPrinting(render(value, '\n'))
}

/**
 * An object as `jsonText` writes it, text after text: an array of many rows need not be there at once. All of them
 * together still want `escapeNonPrinting`.
 */
export function* jsonTexts(members: Iterable<JsonMember>): Generator<string> {
  let before = '{\n  '
  for (const { key, value, rows } of members) {
    yield `${before}${JSON.stringify(key)}: `
    before = ',\n  '
    if (rows === undefined) yield render(value ?? null, '\n  ')
    else yield* rowTexts(rows)
  }
  yield '\n}'
}

/** A member of an object: a value, or rows that become an array. */
export interface JsonMember {
  readonly key: string
  readonly value?: Json
  readonly rows?: Iterable<JsonRow>
}

/** The members of an object by key, with values that hold no others. */
export type JsonRow = readonly (readonly [key: string, value: JsonScalar])[]

/** By hand: to make an object of each row, only to take it apart again, would take several times as long. */
function* rowTexts(rows: Iterable<JsonRow>): Generator<string> {
  let before = '[\n    {'
  for (const row of rows) {
    let text = before
    for (let nth = 0; nth < row.length; nth++) {
      const [key, value] = row[nth]!
      text += `${nth === 0 ? '' : ','}\n      "${key}": ${scalarText(value)}`
    }
    yield `${text}\n    }`
    before = ',\n    {'
  }
  yield before.startsWith('[') ? '[]' : '\n  ]'
}

/** The same on one line, for lines of a file. */
export function jsonLine(value: Json): string {
  return escapeNonPrinting(render(value, ''))
}

function render(value: Json, newline: string): string {
  if (typeof value !== 'object' || value === null) return scalarText(value)
  const inner = newline === '' ? '' : `${newline}  `
  if (Array.isArray(value)) {
    return enclose(
      '[',
      ']',
      value.map((item: Json) => render(item, inner)),
      newline,
      inner,
    )
  }
  const space = newline === '' ? '' : ' '
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [`${JSON.stringify(key)}:${space}${render(member, inner)}`],
  )
  return enclose('{', '}', members, newline, inner)
}

function scalarText(value: JsonScalar): string {
  return typeof value === 'bigint' ? decimalText(value) : JSON.stringify(value)
}

function enclose(
  open: string,
  close: string,
  parts: readonly string[],
  newline: string,
  inner: string,
): string {
  return parts.length === 0 ? open + close : open + inner + parts.join(`,${inner}`) + newline + close
}

/** JSON.stringify escapes C0 only: DEL, C1, bidi and zero-width characters pass it. */
export function escapeNonPrinting(text: string): string {
  return text.replace(
    // oxlint-disable-next-line no-control-regex -- finding control characters is the point
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
