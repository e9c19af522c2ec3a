import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { csvRow } from '../../src/core/csv-text.ts'
import { parseCsv } from '../../src/core/csv.ts'
import { safeText } from '../../src/core/safe-text.ts'

describe('a row of CSV', () => {
  test.each([
    ['plain', 'my-app', 'my-app'],
    ['a separator', 'a,b', '"a,b"'],
    ['quotes', 'say "hi"', '"say ""hi"""'],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula behind blanks', ' =1+1', "' =1+1"],
    ['blanks at an end', 'a ', '"a "'],
    ['a command', '@SUM(A1)', "'@SUM(A1)"],
    ['a sign', '-2+3', "'-2+3"],
    ['a plus', '+cmd|calc', "'+cmd|calc"],
    ['a formula in full width', '＝1', "'＝1"],
    ['a tab and a formula', '\t=1', '\\x09=1'],
    ['a line break', 'a\r\nb', 'a\\x0d\\x0ab'],
    ['nothing', '', ''],
  ])('has %s in a form that a spreadsheet takes for text', (_, text, field) => {
    expect(csvRow([text])).toBe(`${field}\n`)
  })

  it('writes numbers as they are, below zero too', () => {
    expect(csvRow([{ number: '-0.25' }, { number: '12' }])).toBe('-0.25,12\n')
  })

  it('is read again as what was written, but for what is made harmless', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (fields) => {
        const inert = fields
          .map((text) => safeText(text))
          .map((text) => (/^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text))
        expect(parseCsv(csvRow(fields))).toEqual({ rows: [inert], isTorn: false })
      }),
    )
  })
})
