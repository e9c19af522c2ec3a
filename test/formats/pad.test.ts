import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import stringWidth from 'string-width'
import { glyphsOf } from '../../src/formats/glyphs.ts'
import { cutEnd, cutStart, padEnd, padStart, textWidth } from '../../src/formats/pad.ts'

describe('widths', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['👍🏽👍🏽👍🏽', 4, '👍🏽…'],
  ])('cut %s to %s columns between graphemes', (text, columns, cut) => {
    expect(cutEnd(text, columns)).toBe(cut)
  })

  test('of what we draw with are those that every terminal gives them', () => {
    const drawn = fc.constantFrom(
      ...Object.values(glyphsOf(false)).flat(),
      '■',
      '▲',
      '●',
      'a',
      ' ',
      '~',
      '日',
      '👍',
      '\u0301',
    )
    fc.assert(
      fc.property(fc.array(drawn), (parts) => {
        const text = parts.join('')
        expect(textWidth(text)).toBe(stringWidth(text))
      }),
    )
    for (let code = 0; code < 0x10000; code++) {
      const character = String.fromCharCode(code)
      if (textWidth(character) !== stringWidth(character))
        expect.fail(`${code.toString(16)} is another width`)
    }
  })

  test('keep the end of a path', () => {
    expect(cutStart('/home/ada/.ai-costs/sessions.jsonl', 16)).toBe('…/sessions.jsonl')
  })

  test('are exact after padding, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 40 }), (text, columns) => {
        expect(textWidth(padEnd(text, columns))).toBe(columns)
        expect(textWidth(padStart(text, columns))).toBe(columns)
      }),
    )
  })
})
