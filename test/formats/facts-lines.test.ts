import { describe, expect, test } from 'vitest'
import { count, name } from '../../src/core/report.ts'
import { factsLines } from '../../src/formats/facts-lines.ts'
import { lineText } from '../../src/formats/line.ts'
import { BERLIN } from '../tui/a-dashboard.ts'

const FACTS = [
  { label: 'session', value: name('8be02f41') },
  { label: 'records', value: count(12) },
  { label: 'tool', value: name('codex') },
]

describe('facts', () => {
  test.each<[columns: number, rows: number, lines: readonly string[]]>([
    [80, 1, ['session 8be02f41 · records 12 · tool codex']],
    [80, 2, ['session 8be02f41 · records 12 · tool codex']],
    [36, 1, ['session 8be02f41 · records 12']],
    [36, 2, ['session 8be02f41 · records 12', 'tool codex']],
    [20, 2, ['session 8be02f41', 'records 12']],
    [12, 1, ['session 8…']],
    [80, 0, []],
  ])('in %i columns and %i rows', (columns, rows, lines) => {
    const page = { columns, rows: 24, ascii: false }
    expect(factsLines(FACTS, BERLIN, page, rows).map(lineText)).toEqual(lines)
  })
})
