import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeText } from '../../src/core/safe-text.ts'

const FORBIDDEN =
  // The list is written out by code point, independently of the Unicode properties that the source relies on.
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e01ef}]|\p{Cs}/u

const HOSTILE: readonly (readonly [name: string, text: string, safe: string])[] = [
  ['a colour', '\u001b[31mred', '\\x1b[31mred'],
  ['a clipboard write', '\u001b]52;c;aGk=\u0007', '\\x1b]52;c;aGk=\\x07'],
  ['an eight-bit escape', '\u009b2J', '\\x9b2J'],
  ['a line feed, a tab and a return', 'a\nb\tc\rd', 'a\\x0ab\\x09c\\x0dd'],
  ['backspace, delete and NUL', '\b\u007f\0', '\\x08\\x7f\\x00'],
  ['text turned around', 'abc\u202etxt.exe', 'abc\\u202etxt.exe'],
  ['bidi isolates and marks', '\u2066\u2069\u200e\u061c', '\\u2066\\u2069\\u200e\\u061c'],
  ['zero-width characters', 'pay\u200bpal\ufeff\u2060', 'pay\\u200bpal\\ufeff\\u2060'],
  ['line and paragraph separators', '\u2028\u2029', '\\u2028\\u2029'],
  ['tags', '\u{e0041}', '\\u{e0041}'],
  ['a variation selector', 'x\ufe0f', 'x\\ufe0f'],
  ['an emoji joined from several', '👩\u200d💻', '👩\\u200d💻'],
  ['lone surrogates', '\ud800a\udc00', '\\ud800a\\udc00'],
  ['a code point that is no character', '\uffff', '\\uffff'],
]

const HARMLESS = ['', 'my-app', 'claude-opus-5', 'Grüße', '日本語', 'עברית', '🚀', 'a\\b', 'e\u0301']

describe('safeText', () => {
  test.each(HOSTILE)('makes %s visible', (_name, text, safe) => {
    expect(safeText(text)).toBe(safe)
  })

  test.each(HARMLESS)('leaves %j as it is', (text) => {
    expect(safeText(text)).toBe(text)
  })

  test('lets nothing through that could act on a terminal, whatever the text', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
        .map((units) => String.fromCharCode(...units)),
      fc
        .array(fc.integer({ min: 0, max: 0x2100 }), { maxLength: 40 })
        .map((codes) => String.fromCodePoint(...codes)),
    )
    fc.assert(fc.property(anyText, (text) => !FORBIDDEN.test(safeText(text))))
  })

  test('is settled after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => safeText(safeText(text)) === safeText(text)),
    )
  })
})
