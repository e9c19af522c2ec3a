import { describe, expect, test } from 'vitest'
import { lineText, lineWidth } from '../../src/formats/line.ts'
import { sessionNames } from '../../src/formats/name.ts'
import type { Page } from '../../src/formats/page.ts'
import { sessionLines } from '../../src/formats/session-lines.ts'
import { aDashboard, aSession } from '../tui/a-dashboard.ts'

const NAMES = ['payment-retries', 'payment-reports', 'p', '8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b']
const LONG = ['x1', 'x2', 'y1', 'y2'].map((part) => `begins-as-all-${part}-and-so-on-and`)

function rowsAt(columns: number, ids: readonly string[]) {
  const page: Page = { columns, rows: 24, ascii: false }
  const { snapshot, verdicts } = aDashboard({ sessions: ids.map((id) => aSession(id, '1234.56', 72)) })
  const names = sessionNames(snapshot.sessions, page)
  const lines = sessionLines(snapshot.sessions, verdicts, names, page)
  return { lines, texts: lines.map(lineText), names: [...names.values()] }
}

describe('a session in the list', () => {
  const widths = Array.from({ length: 110 }, (_, nth) => 31 + nth)

  test.each(widths)('keeps its amount, its whole name and its level in %i columns', (columns) => {
    const { lines, texts, names } = rowsAt(columns, NAMES)
    lines.forEach((line, nth) => {
      expect(lineWidth(line)).toBeLessThanOrEqual(columns - 2)
      expect(texts[nth]).toContain(`$1,234.56 `)
      expect(texts[nth]).toContain(` ${names[nth]} `)
      expect(texts[nth]).toMatch(/■ over *$/)
    })
  })

  test.each(widths)('reads unlike any other one in %i columns', (columns) => {
    const { texts } = rowsAt(columns, NAMES)
    expect(new Set(texts).size).toBe(texts.length)
  })

  test('has the room for its full name rather than a task and a time', () => {
    const { texts } = rowsAt(80, LONG)
    LONG.forEach((name, nth) => expect(texts[nth]).toContain(` ${name} `))
  })

  test.each([
    [80, 'p         my-app  sonnet-5  feature        1h12m  >999%  ■ over'],
    [70, 'p         my-app  sonnet-5       1h12m  >999%  ■ over'],
    [60, 'p         my-app  sonnet-5    >999%  ■ over'],
    [40, '$1,234.56 p        sonnet-5 ■ over'],
    [38, '$1,234.56 p        sonne… ■ over'],
    [36, '$1,234.56 p             ■ over'],
    [31, '$1,234.56 p        ■ over'],
  ])('says in %i columns what there is room for', (columns, row) => {
    expect(rowsAt(columns, ['p']).texts[0]).toContain(row)
  })

  test('says nothing of a task that nobody named', () => {
    const page: Page = { columns: 80, rows: 24, ascii: false }
    const { snapshot, verdicts } = aDashboard({
      sessions: [aSession('s', '1', 1, { taskType: '(unknown)' })],
    })
    const [line = []] = sessionLines(snapshot.sessions, verdicts, new Map(), page)
    expect(lineText(line)).not.toContain('unknown')
  })
})
