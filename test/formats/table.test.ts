import { expect, it } from 'vitest'
import { lineText, span } from '../../src/formats/line.ts'
import { type Column, tableLines } from '../../src/formats/table.ts'

it('lays out more rows than a function takes arguments', () => {
  const cells = Array.from({ length: 200_000 }, (_, nth) => span(String(nth)))
  const columns: readonly Column[] = [{ cells, align: 'right', least: 1, most: 20 }]
  expect(lineText(tableLines(columns, 40, '…')[7]!)).toBe('     7')
})
