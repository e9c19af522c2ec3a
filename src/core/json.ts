import { type Money, decimalText } from './money.ts'

/** What our JSON outputs are made of; a bigint is money and is written as an exact decimal number of dollars. */
export type Json =
  | string
  | number
  | boolean
  | null
  | Money
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/**
 * JSON text, indented by two. JSON.stringify refuses a bigint, and a detour through a double would round a total.
 * Characters that could act on a terminal are escaped, so that the text is as harmless as it is exact.
 */
export function jsonText(value: Json): string {
  return escapeNonPrinting(render(value, '\n'))
}

/** The same on one line, for lines of a file. */
export function jsonLine(value: Json): string {
  return escapeNonPrinting(render(value, ''))
}

function render(value: Json, newline: string): string {
  if (typeof value === 'bigint') return decimalText(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
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
