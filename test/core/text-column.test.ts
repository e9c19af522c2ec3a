import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextColumn } from '../../src/core/text-column.ts'

const anyTexts = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 30 })

describe('a column of texts', () => {
  it('gives every text back, whatever it is made of', () => {
    fc.assert(
      fc.property(anyTexts, (pushed) => {
        const column = columnOf(pushed)
        expect(pushed.map((_, row) => column.at(row))).toEqual(pushed)
      }),
      { numRuns: 500 },
    )
  })

  it('tells a row from every other text, also from one that goes on', () => {
    fc.assert(
      fc.property(anyTexts, (pushed) => {
        const column = columnOf(pushed)
        for (const [row, text] of pushed.entries()) {
          for (const other of [...pushed, `${text}x`, `${text}é`, text.slice(1)]) {
            expect(column.is(row, other)).toBe(other === text)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('finds a text again that UTF-8 cannot spell', () => {
    const column = columnOf(['a', 'half \ud83d of a pair', 'b'])
    expect(column.is(1, 'half \ud83d of a pair')).toBe(true)
    expect(column.at(1)).toBe('half \ufffd of a pair')
  })

  it('keeps a byte order mark, and rows apart while it grows', () => {
    const long = ['\ufeffmark', 'x'.repeat(10_000), 'é'.repeat(10_000), '']
    const column = columnOf(long)
    expect(long.map((_, row) => column.at(row))).toEqual(long)
    expect(column.length).toBe(4)
  })
})

function columnOf(texts: readonly string[]): TextColumn {
  const column = new TextColumn()
  for (const text of texts) column.push(text)
  return column
}
