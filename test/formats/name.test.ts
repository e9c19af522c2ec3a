import { describe, expect, test } from 'vitest'
import { nameText, shortIds, shortModel } from '../../src/formats/name.ts'

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

  test('of sessions are their first six characters, or their last six when the first ones are shared', () => {
    const ids = ['8be02f41-aaaa', '0193f2aa-1111', '0193f2ab-2222']
    expect([...shortIds(ids).values()]).toEqual(['8be02f', 'a-1111', 'b-2222'])
  })
})
