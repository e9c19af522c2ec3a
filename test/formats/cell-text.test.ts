import { describe, expect, test } from 'vitest'
import { count } from '../../src/core/report.ts'
import { cellText } from '../../src/formats/cell-text.ts'
import { BERLIN } from '../tui/a-dashboard.ts'

describe('a count in a list', () => {
  test.each<[count: number, narrow: string, wide: string]>([
    [0, '0', '0'],
    [980, '980', '980'],
    [1053, '1,053', '1,053'],
    [9999, '9,999', '9,999'],
    [10_000, '10.0k', '10,000'],
    [12_399, '12.3k', '12,399'],
    [153_993, '153k', '153,993'],
    [5_000_000, '5.0M', '5,000,000'],
    [-1_250_000, '-1.2M', '-1,250,000'],
  ])('%i', (number, narrow, wide) => {
    const textIn = (columns: number) => cellText(count(number), BERLIN, { columns, rows: 24, ascii: false })
    expect([textIn(80), textIn(120)]).toEqual([narrow, wide])
  })
})
