import { describe, expect, test } from 'vitest'
import { createHearing } from '../../src/tui/keyboard.ts'

describe('of what a terminal sends is heard', () => {
  test.each<[what: string, chunks: readonly string[], heard: readonly string[]]>([
    ['text', ['q'], ['q']],
    ['Esc, at once', ['\u001b'], ['\u001b']],
    ['an arrow', ['\u001b[A'], ['\u001b[A']],
    ['an arrow with Ctrl', ['\u001b[1;5A'], ['\u001b[1;5A']],
    ['Page Up with Ctrl', ['\u001b[5;5~'], ['\u001b[5;5~']],
    ['Tab with Shift', ['\u001b[Z'], ['\u001b[Z']],
    ['an arrow of the keypad', ['\u001bOA'], ['\u001bOA']],
    ['the wheel', ['\u001b[<65;10;5M'], ['\u001b[<65;10;5M']],
    ['a key that tells its own code', ['\u001b[97;5u'], ['\u001b[97;5u']],
    ['nothing of Ctrl-F1', ['\u001b[1;5P'], ['']],
    ['nothing of a key nobody knows', ['\u001b[9;5~'], ['']],
    ['pasted text without its colours', ['a\u001b[31mb\u001b[0mc'], ['abc']],
    ['pasted text without what it would put on the clipboard', ['a\u001b]52;c;aGk=\u0007b'], ['ab']],
    ['nothing of an answer of the terminal', ['\u001bP1$r0m\u001b\\'], ['']],
    ['Alt with a bracket', ['\u001b]'], ['\u001b]']],
    ['nothing of a colour that is cut in two', ['a\u001b[3', '1mb'], ['a', 'b']],
    ['an arrow that is cut in two, with its end', ['\u001b[1;', '5Aj'], ['', '\u001b[1;5Aj']],
  ])('%s', (_what, chunks, heard) => {
    const hear = createHearing()
    expect(chunks.map((chunk) => hear(chunk))).toEqual(heard)
  })
})
