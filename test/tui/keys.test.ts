import { describe, expect, test } from 'vitest'
import { bindingsOf, commandOf, KEYS } from '../../src/tui/keys.ts'
import { PLACES } from '../../src/tui/screen-name.ts'

describe('the key table', () => {
  test.each([
    ['q', 'now', 'quit'],
    ['q', 'filter', null],
    ['ctrl-c', 'help', 'quit'],
    ['ctrl-c', 'filter', 'quit'],
    ['ctrl-z', 'now', 'suspend'],
    ['r', 'now', 'reread'],
    ['r', 'help', null],
    ['?', 'now', 'show-help'],
    ['?', 'help', 'close-help'],
    ['esc', 'help', 'close-help'],
    ['esc', 'now', 'dismiss'],
    ['esc', 'models', 'clear-filter'],
    ['esc', 'detail', 'close-detail'],
    ['esc', 'filter', 'clear-filter'],
    ['enter', 'sessions', 'open-detail'],
    ['enter', 'filter', 'keep-filter'],
    ['z', 'now', 'snooze'],
    ['z', 'help', null],
    ['2', 'now', 'show-sessions'],
    ['2', 'filter', null],
    ['tab', 'alerts', 'next-screen'],
    ['shift-tab', 'help', 'previous-screen'],
    ['wheel-down', 'sessions', 'down'],
    ['wheel-down', 'now', null],
    ['ctrl-u', 'sessions', 'page-up'],
    ['ctrl-u', 'filter', 'erase-all'],
    ['/', 'now', null],
    ['t', 'history', null],
    ['w', 'now', 'save-text'],
    ['W', 'help', 'save-drawing'],
    ['Q', 'now', null],
  ] as const)('%s on the %s means %s', (key, place, command) => {
    expect(commandOf(key, place)).toBe(command)
  })

  test.each(PLACES)('gives no key two meanings on the %s', (place) => {
    const keys = bindingsOf(place).flatMap((binding) => binding.keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('explains every key', () => {
    for (const { help, keys } of KEYS) expect([help, ...keys].every((text) => text.length > 0)).toBe(true)
  })
})
