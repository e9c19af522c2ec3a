import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type InkKey, keysOf } from '../../src/tui/key-names.ts'

const NO_KEY: InkKey = {
  ctrl: false,
  shift: false,
  escape: false,
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  tab: false,
  backspace: false,
  delete: false,
}

describe('keysOf', () => {
  test.each<[what: string, input: string, key: Partial<InkKey>, names: readonly string[]]>([
    ['a letter', 'q', {}, ['q']],
    ['fast typing that arrives as one text', '?q', {}, ['?', 'q']],
    ['control and a letter', 'z', { ctrl: true }, ['ctrl-z']],
    ['a control byte among letters', 'r\u001a', {}, ['r', 'ctrl-z']],
    ['Esc, which Ink reports without text', '', { escape: true }, ['esc']],
    ['an arrow', '', { downArrow: true }, ['down']],
    ['Page Up', '', { pageUp: true }, ['pageup']],
    ['Enter', '\r', { return: true }, ['enter']],
    ['a line feed in pasted text', 'a\nb', {}, ['a', 'enter', 'b']],
    ['Tab with shift', '', { tab: true, shift: true }, ['shift-tab']],
    ['a blank', ' ', {}, ['space']],
    ['a character outside of the basic plane as one key', '🚀', {}, ['🚀']],
    ['the wheel turned down', '[<65;10;5M', {}, ['wheel-down']],
    ['the wheel turned up twice', '[<64;10;5M\u001b[<64;10;5M', {}, ['wheel-up', 'wheel-up']],
    ['a button of the mouse, which means nothing', '[<0;10;5M', {}, []],
    ['a sequence in pasted text, which means nothing', 'ab\u001b[31mcd', {}, ['a', 'b', 'c', 'd']],
    ['a clipboard sequence in pasted text', 'a\u001b]52;c;aGk=\u0007b', {}, ['a', 'b']],
    ['a C1 control', 'a\u009bb', {}, ['a', 'b']],
  ])('names %s', (_what, input, key, names) => {
    expect(keysOf(input, { ...NO_KEY, ...key })).toEqual(names)
  })

  test('never lets a control character through, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // oxlint-disable-next-line no-control-regex
        for (const name of keysOf(text, NO_KEY)) expect(name).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      }),
    )
  })
})
