import { describe, expect, test } from 'vitest'
import { sessionDetail } from '../../src/formats/detail-lines.ts'
import { lineText } from '../../src/formats/line.ts'
import { aSession } from '../tui/a-dashboard.ts'

const PAGE = { columns: 80, rows: 24, ascii: false }

describe('below the gauge of the session stands who spends', () => {
  test.each([
    [67, {}, '8be02f41 · claude-code · claude-sonnet-5 · 14m'],
    [46, {}, '8be02f41 · claude-code · claude-sonnet-5 · 14m'],
    [45, {}, '8be02f41 · claude-sonnet-5 · 14m'],
    [31, {}, '8be02f41 · sonnet-5 · 14m'],
    [24, {}, '8be02f41 · 14m'],
    [67, { tool: '(unknown)' }, '8be02f41 · claude-sonnet-5 · 14m'],
    [67, { tool: 'a\u001b[2J' }, '8be02f41 · a\\x1b[2J · claude-sonnet-5 · 14m'],
  ])('in %i columns, with whole words: %j', (columns, labels, text) => {
    const session = aSession('8be02f41', '1', 14, labels)
    expect(lineText(sessionDetail(session, '8be02f41', columns, PAGE))).toBe(text)
  })
})
