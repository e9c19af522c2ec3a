import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseCsv } from '../../src/core/csv.ts'

describe('a CSV text', () => {
  it.each<[text: string, rows: string[][]]>([
    ['', []],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a\rb\r', [['a'], ['b']]],
    ['\uFEFFa,b', [['a', 'b']]],
    ['a\n\n\r\nb', [['a'], ['b']]],
    [',\n', [['', '']]],
    ['a,', [['a', '']]],
    ['"a,b",c', [['a,b', 'c']]],
    ['"line one\r\nline two",x', [['line one\r\nline two', 'x']]],
    ['"say ""hi""",""', [['say "hi"', '']]],
    ['5" disk,"b"', [['5" disk', 'b']]],
    ['"a"b,c', [['ab', 'c']]],
  ])('%j has these rows', (text, rows) => {
    expect(parseCsv(text)).toEqual({ rows, isTorn: false })
  })

  it('may be separated otherwise', () => {
    expect(parseCsv('a;"b;c"\n1,5;2', ';').rows).toEqual([
      ['a', 'b;c'],
      ['1,5', '2'],
    ])
  })

  it('with a quote that is never closed loses no row behind it', () => {
    expect(parseCsv('a,b\n"1,2\n3,4\n')).toEqual({
      rows: [
        ['a', 'b'],
        ['"1', '2'],
        ['3', '4'],
      ],
      isTorn: true,
    })
  })

  it('is read as it was written, whatever stands in its fields', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ü', ';') })
    const row = fc.array(field, { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom('\n', '\r\n'), (rows, newline) => {
        const text = rows.map((fields) => fields.map(quoted).join(',')).join(newline)
        expect(parseCsv(text)).toEqual({ rows, isTorn: false })
      }),
    )
  })

  it('of any other kind is read too, and in linear time', () => {
    const parts = fc.constantFrom('"', '""', ',', '\n', '\r', 'a', '"a"')
    fc.assert(
      fc.property(fc.array(parts), (text) => {
        expect(parseCsv(text.join('')).rows.flat().join('').length).toBeLessThanOrEqual(text.join('').length)
      }),
    )
    expect(parseCsv('"a\n'.repeat(100_001)).isTorn).toBe(true)
  })
})

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`
}
