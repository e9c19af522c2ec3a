import { describe, expect, test } from 'vitest'
import { wrapText } from '../../src/formats/wrap.ts'

describe('wrapText', () => {
  test.each([
    ['one two three', 20, 3, ['one two three']],
    ['one two three', 8, 3, ['one two', 'three']],
    ['one two three', 8, 1, ['one two…']],
    ['incomprehensible', 6, 2, ['incom…']],
    ['anything', 0, 3, []],
  ])('breaks %j at %s columns into at most %s lines, between words', (text, columns, rows, lines) => {
    expect(wrapText(text, columns, rows, '…')).toEqual(lines)
  })
})
