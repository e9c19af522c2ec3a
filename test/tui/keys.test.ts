import { describe, expect, test } from 'vitest'
import { bindingsOf, commandOf, KEYS, keysOf } from '../../src/tui/keys.ts'
import { SCREEN_NAMES } from '../../src/tui/screen-name.ts'

const NO_MODIFIER = { ctrl: false, escape: false }

describe('keysOf', () => {
  test.each([
    ['a letter', 'q', NO_MODIFIER, ['q']],
    ['fast typing that arrives as one text', '?q', NO_MODIFIER, ['?', 'q']],
    ['control and a letter', 'z', { ctrl: true, escape: false }, ['ctrl-z']],
    ['a control byte among letters', 'r\u001a', NO_MODIFIER, ['r', 'ctrl-z']],
    ['Esc, which Ink reports without text', '', { ctrl: false, escape: true }, ['esc']],
    ['an arrow, which has no name yet', '', NO_MODIFIER, []],
    ['a character outside of the basic plane as one key', '🚀', NO_MODIFIER, ['🚀']],
  ])('names %s', (_what, input, key, names) => {
    expect(keysOf(input, key)).toEqual(names)
  })
})

describe('the key table', () => {
  test.each([
    ['q', 'dashboard', 'quit'],
    ['ctrl-c', 'help', 'quit'],
    ['ctrl-z', 'dashboard', 'suspend'],
    ['r', 'dashboard', 'reread'],
    ['r', 'help', null],
    ['?', 'dashboard', 'open-help'],
    ['?', 'help', 'close-help'],
    ['esc', 'help', 'close-help'],
    ['esc', 'dashboard', null],
    ['Q', 'dashboard', null],
  ] as const)('%s on the %s means %s', (key, screen, command) => {
    expect(commandOf(key, screen)).toBe(command)
  })

  test.each(SCREEN_NAMES)('gives no key two meanings on the %s', (screen) => {
    const keys = bindingsOf(screen).flatMap((binding) => binding.keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('explains every key', () => {
    for (const { help, keys } of KEYS) expect([help, ...keys].every((text) => text.length > 0)).toBe(true)
  })
})
