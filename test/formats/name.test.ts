import { describe, expect, test } from 'vitest'
import { nameText, sessionNames, shortModel } from '../../src/formats/name.ts'
import type { Page } from '../../src/formats/page.ts'
import { aSession } from '../tui/a-dashboard.ts'

describe('names', () => {
  test('are harmless, and ASCII where nothing else can be shown', () => {
    expect(nameText('Grüße\u001b[31m', false)).toBe('Grüße\\x1b[31m')
    expect(nameText('Grüße\u001b[31m', true)).toBe('Gr??e\\x1b[31m')
  })

  test.each([
    ['claude-opus-5', 'opus-5'],
    ['gpt-5.1-codex', 'gpt-5.1-codex'],
    ['claude-', 'claude-'],
  ])('of models lose the common maker: %s', (model, short) => {
    expect(shortModel(model)).toBe(short)
  })

  test.each<[where: string, change: Partial<Page>, names: readonly string[]]>([
    ['a wide page', {}, ['8be02f41', 'payment-reports', 'payment-retries', 'straße']],
    ['a narrow page', { columns: 75 }, ['8be02f41', '…reports', '…retries', 'straße']],
    ['ASCII', { columns: 75, ascii: true }, ['8be02f41', '~reports', '~retries', 'stra?e']],
  ])('of sessions fit %s and are told apart', (_, change, names) => {
    const ids = ['8be02f41-9c1d-4e6f-8a2b-3c4d5e6f7a8b', 'payment-reports', 'payment-retries', 'straße']
    const sessions = ids.map((id) => aSession(id, '1', 1))
    const page: Page = { columns: 76, rows: 24, ascii: false, ...change }
    expect([...sessionNames(sessions, page).values()]).toEqual(names)
  })
})
